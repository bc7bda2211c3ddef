// The stop word of a drill reaches every open page: asked for every two seconds, shown above everything until lifted.
(function () {
  "use strict";
  var EVERY_MS = 2000;
  var bar = null, shown = "";

  function words(stop) {
    return document.documentElement.lang.indexOf("zh") === 0
      ? "安全叫停：" + stop.title + "。原因：" + stop.reason + "。一切演练行动立即停止，先处置真实情况。"
      : "STOPPED: " + (stop.title_en || stop.title) + ". Reason: " + stop.reason + ". End all play at once; what is real comes first.";
  }

  function show(stops) {
    var told = stops.map(words).join(" ");
    if (told === shown) return;
    shown = told;
    if (!bar) {
      bar = document.createElement("div");
      bar.className = "yy-stopped";
      bar.setAttribute("role", "alert");
      document.body.appendChild(bar);
    }
    bar.textContent = told;
    bar.hidden = !told;
  }

  function ask() {
    fetch("/api/stops", { credentials: "same-origin", cache: "no-store" }).then(function (answer) {
      return answer.ok ? answer.json() : null;
    }).then(function (found) {
      if (found) show(found.stops);
    }, function () { /* the server is away: what is shown stays */ }).then(function () { setTimeout(ask, EVERY_MS); });
  }
  ask();
})();
