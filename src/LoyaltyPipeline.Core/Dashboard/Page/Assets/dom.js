// Elements. Every text goes in as text, never as markup.
function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children.filter(child => child !== null && child !== undefined));
    return made;
}

function attributes(target, values) {
    for (const [name, value] of Object.entries(values)) target.setAttribute(name, value);
    return target;
}

function hidden(text) {
    return element("span", "unseen", text);
}

// A state as symbol and word; the symbol is for eyes only.
function badge(letter) {
    const state = states[letter] ?? noState;
    const symbol = attributes(element("span", "symbol", state.symbol), { "aria-hidden": "true" });
    return element("span", `badge is-${state.name}`, symbol, element("span", null, state.word));
}

// A region that scrolls by itself must be reachable without a mouse.
function scrollable(className, label, ...children) {
    return attributes(element("div", `scroll ${className}`, ...children), { role: "region", tabindex: "0", "aria-label": label });
}
