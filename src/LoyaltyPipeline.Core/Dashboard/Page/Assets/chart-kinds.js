// How each kind of chart is drawn. A kind takes the columns that its chart names and the theme, and gives what ECharts is to draw and how high.
const axisHeight = 48;
const rowHeight = 28;

function chartColumns(panel) {
    const roles = ["x", "value", "series", "low", "high", "mark"];
    return Object.fromEntries(roles.map(role => [role, columnOf(panel, panel.chart[role])]));
}

// The rows of each series, by its name; one series of all rows where there is no such column.
function groups(columns) {
    if (!columns.series) return new Map([[columns.value.name, columns.x.cells.map((_, row) => row)]]);
    const found = new Map();
    columns.series.cells.forEach((cell, row) => {
        const name = formatCell(cell, columns.series.kind);
        if (!found.has(name)) found.set(name, []);
        found.get(name).push(row);
    });
    return found;
}

// Places in a row: times and numbers in their order, everything else as it comes.
function orderedPlaces(column) {
    const names = distinct(column.cells);
    if (isTimed(column)) names.sort();
    if (isNumeric(column)) names.sort((one, other) => one - other);
    return names;
}

function frame(look, names, unit, isLined) {
    const top = (names.length > 1 ? 32 : 4) + (unit || isLined ? 24 : 8);
    return { ...base(look), legend: legend(look, names), grid: { ...base(look).grid, top } };
}

function unitName(look, column) {
    return column.unit ? { name: column.unit, nameGap: 10, nameTextStyle: { color: look.soft, align: "left" } } : {};
}

function axisTooltip(look, columns) {
    return tooltip(look, "axis", params => {
        const shown = params.filter(each => (Array.isArray(each.value) ? each.value[1] : each.value) !== null && each.value !== undefined);
        const lines = shown.map(each => {
            const value = formatValue(Array.isArray(each.value) ? each.value[1] : each.value, columns.value);
            return columns.series ? `${each.seriesName}: ${value}` : value;
        });
        const title = Array.isArray(params[0].value) ? describePlace(columns.x, params[0].value[0]) : params[0].name;
        return tooltipLines(title, lines.length > 14 ? [...lines.slice(0, 14), `and ${lines.length - 14} more`] : lines);
    });
}

// Numbers have a scale, on which a bar stands around its number, and lines across are where they belong between bars.
function barsOnScale({ panel, columns, look }, found) {
    const series = [...found].map(([name, rows], index) => ({
        type: "bar", name, data: rows.map(row => [columns.x.cells[row], columns.value.cells[row]]), stack: "all", barCategoryGap: "8%", emphasis: { disabled: true },
        markLine: index === 0 ? markLine(look, panel.chart, columns.x, null, "xAxis") : undefined,
    }));
    return { series, xAxis: placeAxis(look, columns.x), yAxis: { ...valueAxis(look, columns.value), ...unitName(look, columns.value) } };
}

// Bars stand where their places are in an order, and lie where they have names, which then can be read.
function bars(drawing) {
    const { panel, columns, look } = drawing;
    const found = groups(columns);
    const option = { ...frame(look, [...found.keys()], columns.value.unit, panel.chart.lines), tooltip: axisTooltip(look, columns) };
    option.aria.decal = { show: found.size > 1 };
    option.tooltip.axisPointer = { type: "shadow" };
    if (isNumeric(columns.x)) return { height: 280, option: { ...option, ...barsOnScale(drawing, found) } };

    const names = orderedPlaces(columns.x);
    const at = new Map(names.map((name, index) => [name, index]));
    const lies = columns.x.kind === "text" && !names.every(name => /^\D?\d/.test(name ?? ""));
    const labels = names.map(name => formatCell(name, columns.x.kind));
    const series = [...found].map(([name, rows], index) => {
        const data = names.map(() => null);
        for (const row of rows) data[at.get(columns.x.cells[row])] = columns.value.cells[row];
        return {
            type: "bar", name, data, stack: "all", barMaxWidth: 36, barCategoryGap: names.length > 60 ? "10%" : "30%", emphasis: { disabled: true },
            markLine: index === 0 ? markLine(look, panel.chart, columns.x, names, lies ? "yAxis" : "xAxis") : undefined,
        };
    });
    const places = categoryAxis(look, labels);
    if (isTimed(columns.x)) places.axisLabel = { ...places.axisLabel, formatter: (_, index) => shortInstant(names[index], columns.x.kind), alignMinLabel: "left", alignMaxLabel: "right" };
    if (!lies) return { height: 280, option: { ...option, series, xAxis: places, yAxis: { ...valueAxis(look, columns.value), ...unitName(look, columns.value) } } };
    places.axisLabel = { ...places.axisLabel, width: 150, overflow: "truncate", hideOverlap: false, interval: 0, color: look.text };
    return { height: names.length * rowHeight + axisHeight + option.grid.top, option: { ...option, series, xAxis: valueAxis(look, columns.value), yAxis: { ...places, inverse: true } } };
}

// Lines are told apart by colour, by how they are dashed and by their symbols.
function lines({ panel, columns, look }) {
    const found = groups(columns);
    const names = orderedPlaces(columns.x);
    const isNamed = !isTimed(columns.x) && !isNumeric(columns.x);
    const series = [...found].map(([name, rows], index) => ({
        type: "line", name, data: rows.map(row => [place(columns.x, columns.x.cells[row]), columns.value.cells[row]]),
        symbol: symbols[index % symbols.length], symbolSize: 7, showSymbol: rows.length <= 32, emphasis: { disabled: true },
        lineStyle: { width: 2, type: lineTypes[index % lineTypes.length] },
        markLine: index === 0 ? markLine(look, panel.chart, columns.x, isNamed ? names : null, "xAxis") : undefined,
    }));
    const option = { ...frame(look, [...found.keys()], columns.value.unit, panel.chart.lines), tooltip: axisTooltip(look, columns), series };
    option.legend.icon = undefined;
    option.legend.itemWidth = 32;
    return { height: 280, option: { ...option, xAxis: placeAxis(look, columns.x, names), yAxis: { ...valueAxis(look, columns.value), ...unitName(look, columns.value) } } };
}

function bandTooltip(look, columns) {
    return tooltip(look, "axis", params => {
        const row = params.find(each => each.seriesId === "value")?.dataIndex;
        if (row === undefined) return "";
        const low = columns.low.cells[row];
        const high = columns.high.cells[row];
        const mark = columns.mark?.cells[row];
        const texts = [formatValue(columns.value.cells[row], columns.value)];
        texts.push(low === null || high === null ? "no band" : `band ${formatCell(low, columns.value.kind)} to ${formatValue(high, columns.value)}`);
        if (mark) texts.push(`! ${formatCell(mark, "text")}`);
        return tooltipLines(formatCell(columns.x.cells[row], columns.x.kind), texts);
    });
}

// The band is the space between two stacked lines; a marked point has a shape of its own.
function band({ panel, columns, look }) {
    const at = row => place(columns.x, columns.x.cells[row]);
    const rows = columns.x.cells.map((_, row) => row);
    const names = distinct(columns.x.cells);
    const isNamed = !isTimed(columns.x) && !isNumeric(columns.x);
    const spans = row => columns.low.cells[row] !== null && columns.high.cells[row] !== null;
    const edge = { type: "line", stack: "band", stackStrategy: "all", symbol: "none", lineStyle: { opacity: 0 }, silent: true, emphasis: { disabled: true } };
    const bandName = `Band: ${columns.low.name} to ${columns.high.name}`;
    const markName = columns.mark?.name;
    const series = [
        { ...edge, id: "low", name: bandName, data: rows.map(row => [at(row), spans(row) ? columns.low.cells[row] : null]) },
        { ...edge, id: "span", name: bandName, areaStyle: { color: look.series[0], opacity: 0.22 }, data: rows.map(row => [at(row), spans(row) ? columns.high.cells[row] - columns.low.cells[row] : null]) },
        {
            type: "line", id: "value", name: columns.value.name, showSymbol: rows.length <= 32, symbolSize: 5, lineStyle: { width: 1.75 }, itemStyle: { color: look.series[0] }, emphasis: { disabled: true },
            data: rows.map(row => [at(row), columns.value.cells[row]]), markLine: markLine(look, panel.chart, columns.x, isNamed ? names : null, "xAxis"),
        },
        {
            type: "scatter", id: "mark", name: markName, symbol: "diamond", symbolSize: 17, itemStyle: { color: look.bad, borderColor: look.card, borderWidth: 1 }, z: 5, emphasis: { disabled: true },
            label: { show: true, formatter: "!", color: look.card, fontSize: 11, fontWeight: "bold" },
            data: rows.filter(row => columns.mark?.cells[row]).map(row => [at(row), columns.value.cells[row]]),
        },
    ];
    const legendNames = [
        { name: columns.value.name },
        { name: bandName, icon: "roundRect", itemStyle: { color: look.series[0], opacity: 0.3 } },
        ...(series[3].data.length > 0 ? [{ name: markName, icon: "diamond", itemStyle: { color: look.bad } }] : []),
    ];
    const option = { ...frame(look, legendNames, columns.value.unit, panel.chart.lines), tooltip: bandTooltip(look, columns), series };
    option.legend.icon = undefined;
    return { height: 250, option: { ...option, xAxis: placeAxis(look, columns.x, names), yAxis: { ...valueAxis(look, columns.value), ...unitName(look, columns.value), scale: true } } };
}

function gantt({ columns, look }) {
    const found = [...groups(columns).keys()];
    const colourOf = row => look.series[(columns.series ? found.indexOf(formatCell(columns.series.cells[row], columns.series.kind)) : 0) % look.series.length];
    const rows = columns.x.cells.map((_, row) => row);
    const describe = row => formatValue(columns.value.cells[row], columns.value);
    const draw = (params, api) => {
        const start = api.coord([api.value(1), api.value(0)]);
        const end = api.coord([api.value(2), api.value(0)]);
        const width = Math.max(end[0] - start[0], 2);
        const roomRight = params.coordSys.x + params.coordSys.width - end[0] > 72;
        const text = { x: roomRight ? start[0] + width + 6 : start[0] - 6, y: start[1], text: describe(params.dataIndex), align: roomRight ? "left" : "right", verticalAlign: "middle", fill: look.text, font: `12px ${look.font}` };
        return { type: "group", children: [
            { type: "rect", shape: { x: start[0], y: start[1] - 8, width, height: 16, r: 3 }, style: { fill: colourOf(params.dataIndex) } },
            { type: "text", style: text, silent: true },
        ] };
    };
    const axis = isTimed(columns.low) ? { ...placeAxis(look, columns.low, []), splitLine: { show: true, lineStyle: { color: look.line, type: [2, 4] } } } : valueAxis(look, columns.low);
    const own = categoryAxis(look, columns.x.cells.map(cell => formatCell(cell, columns.x.kind)));
    const tip = tooltip(look, "item", item => tooltipLines(formatCell(columns.x.cells[item.dataIndex], columns.x.kind),
        [`${formatCell(columns.low.cells[item.dataIndex], columns.low.kind)} to ${formatCell(columns.high.cells[item.dataIndex], columns.high.kind)}`, describe(item.dataIndex)]));
    return { height: rows.length * rowHeight + axisHeight, option: {
        ...frame(look, []), tooltip: tip, xAxis: { ...axis, scale: true },
        yAxis: { ...own, inverse: true, axisLabel: { ...own.axisLabel, width: 150, overflow: "truncate", hideOverlap: false, interval: 0, color: look.text } },
        series: [{ type: "custom", renderItem: draw, encode: { x: [1, 2], y: 0 }, data: rows.map(row => [row, place(columns.low, columns.low.cells[row]), place(columns.high, columns.high.cells[row])]) }],
    } };
}
