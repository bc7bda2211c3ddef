// A form for one drill that needs no network: what is tapped stays on the device until it is exported as one file.
(function () {
  "use strict";
  var form = JSON.parse(document.getElementById("form").textContent);
  var words = form.words;
  var KEY = "yuyan-field:" + form.drill;
  var state = load() || { device: random(), observer: "", checks: [], lines: [], exported: [] };

  function random() {
    var bytes = new Uint8Array(12);
    crypto.getRandomValues(bytes);
    return Array.prototype.map.call(bytes, function (one) { return ("0" + one.toString(16)).slice(-2); }).join("");
  }
  function load() {
    try { return JSON.parse(localStorage.getItem(KEY)); } catch (away) { return null; }
  }
  function save() {
    try { localStorage.setItem(KEY, JSON.stringify(state)); return true; } catch (full) { return false; }
  }
  function two(number) { return ("0" + number).slice(-2); }
  function clock(at) { return two(at.getHours()) + ":" + two(at.getMinutes()) + ":" + two(at.getSeconds()); }
  function make(tag, text, cls) {
    var made = document.createElement(tag);
    if (text) made.textContent = text;
    if (cls) made.className = cls;
    return made;
  }
  function find(id) { return document.getElementById(id); }

  function take(kind, about, text) {
    state.lines.push({ id: random(), kind: kind, at: new Date().toISOString(), about: about, text: text });
    show();
  }
  function undo(id) {
    state.lines = state.lines.filter(function (one) { return one.id !== id; });
    show();
  }
  function titled(about) {
    var found = form.actions.concat(form.injects).filter(function (one) { return one.id === about; })[0];
    return found ? found.number + " " + found.title : "";
  }

  function card(action) {
    var line = state.lines.filter(function (one) { return one.kind === "done" && one.about === action.id; })[0];
    var made = make("div", "", line ? "card done" : "card");
    made.appendChild(make("strong", action.number + " " + action.title));
    action.facts.forEach(function (fact) { made.appendChild(make("div", fact, "dim")); });
    if (!line) {
      var press = make("button", words.done);
      press.onclick = function () { take("done", action.id, ""); };
      made.appendChild(press);
    } else {
      made.appendChild(make("div", words.done_at + clock(new Date(line.at))));
      if (state.exported.indexOf(line.id) < 0) made.appendChild(undoing(line));
    }
    return made;
  }
  function undoing(line) {
    var press = make("button", words.undo, "plain");
    press.onclick = function () { undo(line.id); };
    return press;
  }
  function told(line) {
    var made = make("div", "", "line");
    var about = titled(line.about);
    made.appendChild(make("div", clock(new Date(line.at)) + "\u3000" + (line.kind === "done" ? words.done : words.note)
      + (about ? "\u3000" + about : "")));
    if (line.text) made.appendChild(make("div", line.text));
    if (line.kind === "noted" && state.exported.indexOf(line.id) < 0) made.appendChild(undoing(line));
    return made;
  }
  function show() {
    var kept = save();
    find("unkept").hidden = kept;
    var open = state.lines.filter(function (one) { return state.exported.indexOf(one.id) < 0; }).length;
    find("open").textContent = words.open.replace("{count}", open);
    find("checked").textContent = state.checks.length ? words.checked.replace("{count}", state.checks.length) : words.unchecked;
    var actions = find("actions"), lines = find("lines");
    actions.textContent = "";
    lines.textContent = "";
    form.actions.forEach(function (one) { actions.appendChild(card(one)); });
    state.lines.slice().reverse().forEach(function (one) { lines.appendChild(told(one)); });
  }

  function check() {
    var typed = /^(\d{1,2}):(\d{2}):(\d{2})$/.exec(find("reference").value.trim());
    if (!typed || +typed[1] > 23 || +typed[2] > 59 || +typed[3] > 59) { alert(words.time_wrong); return; }
    var now = new Date(), told = new Date(now);
    told.setHours(+typed[1], +typed[2], +typed[3], 0);
    var DAY_MS = 86400000;
    if (told - now > DAY_MS / 2) told = new Date(+told - DAY_MS);
    if (now - told > DAY_MS / 2) told = new Date(+told + DAY_MS);
    state.checks.push({ device_at: now.toISOString(), reference_at: told.toISOString() });
    find("reference").value = "";
    show();
  }
  function note() {
    var text = find("note").value.trim();
    if (!text) return;
    take("noted", find("about").value, text);
    find("note").value = "";
  }
  function send() {
    if (!state.observer.trim()) { alert(words.who_first); find("observer").focus(); return; }
    var file = { format: form.format, drill: form.drill, script: form.script, device: state.device,
      observer: state.observer.trim(), checks: state.checks, lines: state.lines };
    var link = make("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(file, null, 1)], { type: "application/json" }));
    link.download = form.file + "-" + state.observer.trim().replace(/[^\w\u4e00-\u9fff-]/g, "") + "-" + state.device.slice(0, 6) + ".json";
    link.click();
    state.exported = state.lines.map(function (one) { return one.id; });
    show();
  }

  form.actions.concat(form.injects).forEach(function (one) {
    var option = make("option", one.number + " " + one.title);
    option.value = one.id;
    find("about").appendChild(option);
  });
  find("observer").value = state.observer;
  find("observer").oninput = function () { state.observer = this.value; save(); };
  find("check").onclick = check;
  find("take").onclick = note;
  find("export").onclick = send;
  setInterval(function () { find("clock").textContent = clock(new Date()); }, 250);
  show();
})();
