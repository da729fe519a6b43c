// Sliders: what has the focus is what has role, name and value. Quasar gives these to the element around it, so that a
// screen reader would find something without a name.
const NAMES = ["role", "aria-label", "aria-valuemin", "aria-valuemax", "aria-valuenow", "aria-orientation"];

function move(slider) {
  const focused = slider.querySelector(".q-slider__track-container");
  if (!focused) return;
  for (const name of NAMES) {
    const value = slider.getAttribute(name);
    if (value === null) continue;
    focused.setAttribute(name, value);
    slider.removeAttribute(name);
  }
}

new MutationObserver((changes) => {
  for (const change of changes) {
    if (change.type === "attributes") {
      if (change.target.classList.contains("q-slider")) move(change.target);
      continue;
    }
    for (const node of change.addedNodes) {
      if (node.nodeType !== Node.ELEMENT_NODE) continue;
      if (node.classList.contains("q-slider")) move(node);
      node.querySelectorAll(".q-slider").forEach(move);
    }
  }
}).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: NAMES });
