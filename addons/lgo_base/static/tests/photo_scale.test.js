import { describe, expect, test } from "@odoo/hoot";

import { downscale, fitSize, jpegName } from "@lgo_base/interactions/photo_scale";

describe.current.tags("headless");

async function picture(width, height, type = "image/png") {
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width, height });
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, type));
    return new File([blob], "น้ำท่วม.png", { type });
}

test("the longest side is kept within the limit, nothing is enlarged", () => {
    expect(fitSize(4000, 3000, 1600)).toEqual({ width: 1600, height: 1200 });
    expect(fitSize(3000, 4000, 1600)).toEqual({ width: 1200, height: 1600 });
    expect(fitSize(800, 600, 1600)).toEqual({ width: 800, height: 600 });
    expect(fitSize(10000, 1, 1600)).toEqual({ width: 1600, height: 1 });
});

test("names", () => {
    expect(jpegName("IMG_1.HEIC")).toBe("IMG_1.jpg");
    expect(jpegName("รูป")).toBe("รูป.jpg");
    expect(jpegName(".png")).toBe("photo.jpg");
});

test("a picture becomes a smaller JPEG", async () => {
    const small = await downscale(await picture(2000, 500), 1600);
    expect(small.type).toBe("image/jpeg");
    expect(small.name).toBe("น้ำท่วม.jpg");
    const bitmap = await createImageBitmap(small);
    expect([bitmap.width, bitmap.height]).toEqual([1600, 400]);
});

test("what cannot be opened is refused", async () => {
    const fake = new File(["MZ this is a program"], "photo.jpg", { type: "image/jpeg" });
    await expect(downscale(fake, 1600)).rejects.toThrow();
});
