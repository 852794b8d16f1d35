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

function scrollable(className, label, ...children) {
    const made = element("div", `scroll ${className}`, ...children);
    made.dataset.label = label;
    reach.observe(made);
    return made;
}

// A region that scrolls by itself must be reachable without a mouse; one that does not is no stop on the way.
const reach = new ResizeObserver(entries => {
    for (const { target } of entries) {
        const scrolls = target.scrollWidth > target.clientWidth + 1 || target.scrollHeight > target.clientHeight + 1;
        if (scrolls) attributes(target, { role: "region", tabindex: "0", "aria-label": target.dataset.label });
        else for (const name of ["role", "tabindex", "aria-label"]) target.removeAttribute(name);
    }
});
