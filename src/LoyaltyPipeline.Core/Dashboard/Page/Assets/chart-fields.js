// Charts whose fields are as dark, or as wide, as their value.
function channels(colour) {
    return [1, 3, 5].map(start => parseInt(colour.slice(start, start + 2), 16));
}

function luminance(colour) {
    const linear = channels(colour).map(channel => channel / 255).map(channel => channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}

// The colour at a share of the way through a scale.
function between(scale, share) {
    const steps = Math.min(Math.max(share, 0), 1) * (scale.length - 1);
    const step = Math.min(Math.floor(steps), scale.length - 2);
    const [from, to] = [channels(scale[step]), channels(scale[step + 1])];
    return `#${from.map((channel, index) => Math.round(channel + (to[index] - channel) * (steps - step)).toString(16).padStart(2, "0")).join("")}`;
}

function heatMap({ columns, look, width }) {
    const across = orderedPlaces(columns.x);
    const down = orderedPlaces(columns.series);
    const values = columns.value.cells.filter(value => value !== null);
    const lowest = Math.min(0, ...values);
    const highest = Math.max(...values, lowest + 1e-9);
    const name = column => value => formatCell(value, column.kind);
    const data = columns.x.cells.map((cell, row) => {
        const value = columns.value.cells[row];
        const share = (value - lowest) / (highest - lowest);
        return { value: [across.indexOf(cell), down.indexOf(columns.series.cells[row]), value], label: { color: luminance(between(look.heat, share)) > 0.18 ? "#000000" : "#ffffff" } };
    }).filter(item => item.value[2] !== null);
    const tip = tooltip(look, "item", item => tooltipLines(`${name(columns.series)(down[item.value[1]])}, ${name(columns.x)(across[item.value[0]])}`, [formatValue(item.value[2], columns.value)]));
    const own = categoryAxis(look, across.map(name(columns.x)));
    const column = (width - 160) / across.length;
    const isNarrow = column < 100;
    const names = { ...own.axisLabel, color: look.text, hideOverlap: false, interval: 0, overflow: "truncate" };
    return { height: down.length * rowHeight + 2 * axisHeight + 24, minWidth: 140 + across.length * 58, option: {
        ...frame(look, []), tooltip: tip, grid: { ...base(look).grid, top: 8, bottom: axisHeight },
        xAxis: { ...own, axisLabel: { ...names, width: isNarrow ? 110 : column - 8, rotate: isNarrow ? 35 : 0 } },
        yAxis: { ...categoryAxis(look, down.map(name(columns.series))), inverse: true, axisLabel: { ...names, width: 130 } },
        visualMap: {
            min: lowest, max: highest, orient: "horizontal", left: "center", bottom: 0, itemWidth: 12, itemHeight: 120, calculable: false, inRange: { color: look.heat },
            text: [formatCell(highest, columns.value.kind), formatCell(lowest, columns.value.kind)], textStyle: { color: look.soft },
        },
        series: [{ type: "heatmap", data, itemStyle: { borderColor: look.card, borderWidth: 2, borderRadius: 3 }, emphasis: { disabled: true }, label: { show: true, fontSize: 11, formatter: item => formatCell(item.value[2], columns.value.kind) } }],
    } };
}

// What flows from a place to the place of the same name goes from left to right all the same: each side has places of its own.
function flow({ columns, look, width }) {
    const left = distinct(columns.x.cells);
    const right = distinct(columns.series.cells);
    const all = distinct([...left, ...right]);
    const node = (side, name) => `${side}${name}`;
    const nodes = (side, names, depth, label) => names.map(name => ({ name: node(side, name), depth, label, itemStyle: { color: look.series[all.indexOf(name) % look.series.length] } }));
    const links = columns.x.cells.map((from, row) => ({ source: node("<", from), target: node(">", columns.series.cells[row]), value: columns.value.cells[row] ?? 0 })).filter(link => link.value > 0);
    const total = name => formatCell(links.filter(link => link.target === node(">", name)).reduce((sum, link) => sum + link.value, 0), columns.value.kind);
    const room = 24 + 7 * Math.max(...right.map(name => `${name} ${total(name)}`.length));
    const isNarrow = width < 280 + room;
    const describe = item => item.dataType === "edge"
        ? tooltipLines(`${item.data.source.slice(1)} → ${item.data.target.slice(1)}`, [formatValue(item.value, columns.value)])
        : tooltipLines(item.name.slice(1), [formatValue(item.value, columns.value)]);
    return { height: Math.max(260, Math.max(left.length, right.length) * 44), minWidth: 2 * room, option: {
        ...base(look), tooltip: tooltip(look, "item", describe), series: [{
            type: "sankey", left: 4, right: isNarrow ? 4 : room, top: 8, bottom: 8, nodeGap: 14, nodeWidth: 14, draggable: false, emphasis: { focus: "adjacency" },
            data: [...nodes("<", left, 0, { position: "right" }), ...nodes(">", right, 1, { position: isNarrow ? "left" : "right" })], links,
            lineStyle: { color: "source", opacity: 0.32, curveness: 0.5 },
            label: { color: look.text, fontSize: 12, textBorderColor: look.card, textBorderWidth: 3, formatter: item => `${item.name.slice(1)} ${formatCell(item.value, columns.value.kind)}` },
        }],
    } };
}

const kinds = { bars, lines, band, gantt, heatMap, flow };
