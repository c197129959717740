import {loadBundle} from "@web/core/assets";

/** Colours with a contrast of 3:1 or more on white (WCAG 2.2, 1.4.11). */
const COLOUR = "#1b5e9b";

/**
 * Draw a chart of one row of numbers.
 *
 * @param {HTMLCanvasElement} canvas where to draw
 * @param {{labels: String[], title: String, values: Array<Number|null>}} data null is a gap
 * @param {String} type bar or line
 * @returns {Promise<Object>} the chart, to destroy when the page goes
 */
export async function drawChart(canvas, data, type = "bar") {
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
                },
            ],
        },
        options: {
            animation: false,
            maintainAspectRatio: false,
            plugins: {legend: {display: false}},
            scales: {
                y: {beginAtZero: true, title: {display: true, text: data.title}},
            },
        },
    });
}
