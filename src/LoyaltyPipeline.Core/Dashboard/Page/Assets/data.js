// The data of the page: tables by column, equal columns stored once.
const model = JSON.parse(document.getElementById("data").textContent);

// A stored column as the list of its cells; repeated texts are stored once, with the place of each.
const cellsOf = (() => {
    const known = new Map();
    return index => {
        if (!known.has(index)) {
            const stored = model.columns[index];
            known.set(index, Array.isArray(stored) ? stored : stored.cells.map(place => place === null ? null : stored.texts[place]));
        }
        return known.get(index);
    };
})();

// A column of a panel's table, with its cells.
function columnOf(panel, index) {
    if (index === undefined) return null;
    const column = panel.table.columns[index];
    return { name: column.name, kind: column.kind, unit: column.unit, cells: cellsOf(column.cells) };
}

// The distinct cells of a column, in the order in which they come.
function distinct(cells) {
    return [...new Set(cells)];
}
