// Pictures are made smaller on the phone: quicker to send, and drawing them anew leaves the
// place and camera (EXIF) behind.

export const PHOTO_TYPES = ["image/jpeg", "image/png", "image/webp"];

/** @returns {{width: number, height: number}} whole points, longest side at most maxSide */
export function fitSize(width, height, maxSide) {
    const factor = Math.min(1, maxSide / Math.max(width, height));
    return {
        width: Math.max(1, Math.round(width * factor)),
        height: Math.max(1, Math.round(height * factor)),
    };
}

/** @returns {string} the name with .jpg in place of its extension */
export function jpegName(name) {
    return `${name.replace(/\.[^.]*$/, "") || "photo"}.jpg`;
}

/**
 * @param {File} file a picture the browser can open
 * @param {number} maxSide longest side in points
 * @returns {Promise<File>} JPEG without metadata
 * @throws when the browser cannot open it
 */
export async function downscale(file, maxSide) {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    const { width, height } = fitSize(bitmap.width, bitmap.height, maxSide);
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width, height });
    const context = canvas.getContext("2d");
    context.fillStyle = "#fff"; // what is see-through becomes paper, not black
    context.fillRect(0, 0, width, height);
    context.drawImage(bitmap, 0, 0, width, height);
    bitmap.close();
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
    if (!blob) {
        throw new Error("the picture could not be written");
    }
    return new File([blob], jpegName(file.name), { type: "image/jpeg" });
}
