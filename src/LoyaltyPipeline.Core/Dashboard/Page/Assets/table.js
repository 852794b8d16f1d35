// Tables: the data behind a chart, or the answer itself.
const filterFrom = 25;

function isNumeric(column) {
    return column.kind === "number" || column.kind === "share";
}

function stripCell(text) {
    const marks = [...text].map(letter => {
        const state = states[letter] ?? noState;
        return element("span", `mark is-${state.name}`, state.symbol);
    });
    for (const mark of marks) mark.setAttribute("aria-hidden", "true");
    return attributes(element("span", "strip", ...marks), { role: "img", "aria-label": describeStrip(text) });
}

function cell(column, value, isHead) {
    const made = element(isHead ? "th" : "td", `kind-${column.kind}`);
    if (isHead) made.scope = "row";
    if (value !== null && column.kind === "state") made.append(badge(value));
    else if (value !== null && value !== "" && column.kind === "strip") made.append(stripCell(value));
    else made.textContent = formatCell(value, column.kind);
    return made;
}

function head(columns) {
    const cells = columns.map(column => {
        const made = element("th", `kind-${column.kind}`, column.name);
        if (column.unit) made.append(element("span", "unit", ` (${column.unit})`));
        made.scope = "col";
        return made;
    });
    return element("thead", null, element("tr", null, ...cells));
}

// Names a row for those who hear it: its first cell, where that is words.
function headsRows(column) {
    return column.kind === "text" || isTimed(column);
}

function fillTable(body, columns, rows) {
    const part = document.createDocumentFragment();
    for (let row = 0; row < rows; row++) {
        part.append(element("tr", null, ...columns.map((column, index) => cell(column, column.cells[row], index === 0 && headsRows(column)))));
    }
    body.append(part);
}

// Shows the rows in which all words of the text occur.
function filterRows(body, text, count) {
    const words = text.toLowerCase().split(/\s+/).filter(word => word);
    let shown = 0;
    for (const row of body.rows) {
        const content = row.textContent.toLowerCase();
        row.hidden = !words.every(word => content.includes(word));
        if (!row.hidden) shown++;
    }
    count.textContent = `${grouped[0].format(shown)} of ${grouped[0].format(body.rows.length)} rows`;
}

function filterBox(panel, body) {
    const count = attributes(element("output", "count"), { "aria-live": "polite" });
    const input = attributes(element("input"), { type: "search", "aria-label": `Find rows in ${panel.title}`, placeholder: "Find rows" });
    input.addEventListener("input", () => filterRows(body, input.value, count));
    filterRows(body, "", count);
    return element("div", "filter", input, count);
}

// All rows of a panel's table; built when somebody is about to see them.
function buildTable(panel) {
    const columns = panel.table.columns.map((_, index) => columnOf(panel, index));
    const body = element("tbody");
    fillTable(body, columns, panel.table.rows);
    const table = element("table", null, element("caption", null, panel.title), head(columns), body);
    const parts = [scrollable("table-scroll", `Table: ${panel.title}`, table)];
    if (panel.table.rows >= filterFrom) parts.unshift(filterBox(panel, body));
    if (panel.table.rows === 0) parts.push(element("p", "empty", "No rows."));
    return element("div", "table", ...parts);
}

// The table below a chart, folded; its rows are made when it is opened.
function foldedTable(panel) {
    const rows = panel.table.rows;
    const details = element("details", "data", element("summary", null, "Data", element("span", "count", ` ${grouped[0].format(rows)} ${rows === 1 ? "row" : "rows"}`), hidden(` of ${panel.title}`)));
    details.panel = panel;
    details.addEventListener("toggle", () => fillFolded(details));
    return details;
}

function fillFolded(details) {
    if (details.open && details.childElementCount === 1) details.append(buildTable(details.panel));
}
