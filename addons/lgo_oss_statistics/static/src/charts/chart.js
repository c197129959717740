import { loadBundle } from "@web/core/assets";

/** A colour with a contrast of 3:1 and more on white (WCAG 2.2, 1.4.11). */
const COLOUR = "#1b5e9b";

/**
 * Draw a chart of one row of numbers.
 *
 * @param {HTMLCanvasElement} canvas where to draw
 * @param {{labels: String[], title: String, values: Array<Number|null>}} data null is a gap
 * @param {String} type bar or line
 * @param {Function} [onClick] gets the place of the bar that was clicked
 * @returns {Promise<Object>} the chart, to destroy when the page goes
 */
export async function drawChart(canvas, data, type = "bar", onClick = null) {
    await loadBundle("web.chartjs_lib");
    return new window.Chart(canvas, {
        type,
        data: {
            labels: data.labels,
            datasets: [
                {
                    label: data.title,
                    data: data.values,
                    backgroundColor: COLOUR,
                    borderColor: COLOUR,
                    spanGaps: false,
                    maxBarThickness: 64,
                },
            ],
        },
        options: {
            animation: false,
            maintainAspectRatio: false,
            plugins: { legend: { display: false } },
            scales: { y: { beginAtZero: true } },
            onClick: (ev, items) => items.length && onClick?.(items[0].index),
        },
    });
}
