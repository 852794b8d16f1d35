// A panel: heading, state, words, figures, boxes and arrows, chart, table.
function fact(item) {
    const made = element("div", item.state ? `fact is-${states[item.state].name}` : "fact", element("dt", null, item.label), element("dd", "fact-value", item.value));
    if (item.note) made.append(element("dd", "fact-note", item.note));
    if (item.state) made.append(element("dd", "fact-state", badge(item.state)));
    return made;
}

// Arrows that lead on from where the one before has led make one chain.
function chains(links) {
    const found = [];
    for (const link of links) {
        const open = found.at(-1);
        if (open && open.at(-1).to === link.from) open.push(link);
        else found.push([link]);
    }
    return found;
}

function arrow(link) {
    return element("li", `arrow is-${states[link.state].name}`,
        attributes(element("span", "shaft"), { "aria-hidden": "true" }), badge(link.state), element("span", "arrow-text", link.text));
}

function chain(links) {
    const box = text => element("li", "box", text);
    return element("ol", "chain", box(links[0].from), ...links.flatMap(link => [arrow(link), box(link.to)]));
}

// As an image: whatever is in it can do nothing.
function picture(panel) {
    return attributes(element("img"), { src: `data:image/svg+xml,${encodeURIComponent(panel.picture)}`, alt: panel.title });
}

function panelCard(panel, targets) {
    const heading = element("h2", null, panel.title);
    heading.id = `heading-${panel.id}`;
    const card = element("section", panel.wide ? "card wide" : "card", element("div", "card-head", heading, panel.state ? badge(panel.state) : null), element("p", "card-text", panel.text));
    card.id = `card-${panel.id}`;
    card.setAttribute("aria-labelledby", heading.id);
    if (panel.facts?.length) card.append(element("dl", "facts", ...panel.facts.map(fact)));
    if (panel.links?.length) card.append(element("div", "chains", ...chains(panel.links).map(chain)));
    if (panel.picture) card.append(scrollable("picture", panel.title, picture(panel)));
    if (panel.chart && panel.table.rows > 0) card.append(chartBox(panel, targets));
    if (panel.table) card.append((panel.chart || panel.picture) && panel.table.rows > 0 ? foldedTable(panel) : buildTable(panel));
    return card;
}
