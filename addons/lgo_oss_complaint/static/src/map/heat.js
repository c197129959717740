/**
 * Counts points in squares.
 *
 * @param {Array} points {lat, lon} in degrees
 * @param {number} size side of a square in degrees
 * @returns {Array} {south, west, count, share}: share is the count as part of the fullest square
 */
export function heatCells(points, size) {
    const cells = new Map();
    for (const { lat, lon } of points) {
        if (!Number.isFinite(lat) || !Number.isFinite(lon)) {
            continue;
        }
        const [row, column] = [Math.floor(lat / size), Math.floor(lon / size)];
        const key = `${row}|${column}`;
        const cell = cells.get(key) || { south: row * size, west: column * size, count: 0 };
        cell.count++;
        cells.set(key, cell);
    }
    const most = Math.max(1, ...[...cells.values()].map((cell) => cell.count));
    return [...cells.values()].map((cell) => ({ ...cell, share: cell.count / most }));
}
