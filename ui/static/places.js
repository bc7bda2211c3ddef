// Two things Streamlit leaves out: the place an address names with # is shown once it is on the page,
// and n / p (or j / k) go from change to change.
(function () {
  "use strict";
  var WAIT_MS = 15000, SETTLING_MS = 1500;
  var KEYS = { n: 1, j: 1, p: -1, k: -1 };

  function seek() {
    var name = decodeURIComponent(location.hash.slice(1));
    if (!name) return;
    var until = Date.now() + WAIT_MS, found = 0, left = false;
    function leave() { left = true; }
    ["wheel", "touchstart", "keydown", "mousedown"].forEach(function (what) {
      addEventListener(what, leave, { once: true, passive: true, capture: true });
    });
    (function look() {
      var place = document.getElementById(name);
      if (left || Date.now() > until || (found && Date.now() - found > SETTLING_MS)) return;
      if (place) {
        found = found || Date.now(); // what is still being put above it may push it away for a moment
        if (place.tagName === "DETAILS") place.open = true;
        place.scrollIntoView({ block: "start" });
      }
      setTimeout(look, 150);
    })();
  }

  function isWriting(place) {
    return place.isContentEditable || /^(INPUT|TEXTAREA|SELECT|CANVAS)$/.test(place.tagName) ||
      (place.closest && place.closest("[role=dialog], [role=listbox], [role=grid]"));
  }

  function go(step) {
    var places = [].slice.call(document.querySelectorAll(".yy-change[id]")).filter(function (one) {
      return one.getClientRects().length;
    });
    if (!places.length) return false;
    var at = places.indexOf(document.activeElement), next;
    if (at >= 0) {
      next = at + step;
    } else { // nobody is at a change: the next one is the first below the top of the window
      var below = places.findIndex(function (one) { return one.getBoundingClientRect().top > 60; });
      next = below < 0 ? (step > 0 ? places.length : places.length - 1) : step > 0 ? below : below - 1;
    }
    var place = places[next];
    if (!place) return true;
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "center" });
    if (place.getBoundingClientRect().top < 60) place.scrollIntoView({ block: "start" });
    return true;
  }

  addEventListener("keydown", function (press) {
    var step = KEYS[press.key];
    if (!step || press.ctrlKey || press.metaKey || press.altKey || press.isComposing || isWriting(press.target)) return;
    if (go(step)) press.preventDefault();
  });
  addEventListener("hashchange", seek);
  seek();
})();
