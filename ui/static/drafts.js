// What is written into a clause saves itself: after a pause the field is sent as if Ctrl+Enter had been pressed.
// Until the server says that it has these very words (yy-stored), a copy of them stays in this browser.
(function () {
  "use strict";
  var PAUSE_MS = 2000, LONGEST_MS = 15000, LOOK_MS = 700, AGAIN_MS = 6000, KEPT_MS = 14 * 86400000;
  var FIELD = /st-key-((?:text|title)-[0-9a-f-]{36})-\d+/;
  var IN_CHINESE = function () { return document.documentElement.lang.indexOf("zh") === 0; };
  var who = "", timer = 0, since = 0, composing = false, bar = null, shown = "", savedAt = 0, sentAt = 0;

  function nameOf(place) {
    if (!place || !/^(TEXTAREA|INPUT)$/.test(place.tagName)) return "";
    var box = place.closest('[class*="st-key-text-"], [class*="st-key-title-"]');
    var found = box && FIELD.exec(box.className);
    return found ? found[1] : "";
  }

  function fields() {
    var all = document.querySelectorAll('[class*="st-key-text-"] textarea, [class*="st-key-title-"] input');
    return [].filter.call(all, nameOf);
  }

  function shelf(name) { return "yuyan-draft:" + who + ":" + name; }
  function copyOf(name) {
    try { return JSON.parse(localStorage.getItem(shelf(name)) || "null"); } catch (_) { return null; }
  }
  function keep(name, words) {
    try { localStorage.setItem(shelf(name), JSON.stringify({ words: words, at: Date.now() })); } catch (_) { /* full */ }
  }
  function drop(name) { localStorage.removeItem(shelf(name)); }

  function sum(words) { // FNV-1a over the code units; `kept_sum` in ui/sections/draft_form.py counts the same
    var found = 0x811c9dc5;
    for (var at = 0; at < words.length; at++) found = Math.imul(found ^ words.charCodeAt(at), 0x01000193) >>> 0;
    return found.toString(16);
  }

  function isStored(name, words) {
    var told = document.querySelector('.yy-stored[data-name="' + name + '"]');
    return !!told && told.dataset.sums.split(" ").indexOf(sum(words)) >= 0;
  }

  function send(place) {
    clearTimeout(timer);
    timer = since = 0;
    if (!place.isConnected || place.disabled || composing) return;
    sentAt = Date.now();
    var press = { key: "Enter", code: "Enter", keyCode: 13, which: 13, bubbles: true, cancelable: true };
    place.dispatchEvent(new KeyboardEvent("keydown", Object.assign(press, { ctrlKey: place.tagName === "TEXTAREA" })));
  }

  function later(place) {
    since = since || Date.now();
    clearTimeout(timer);
    timer = setTimeout(function () { send(place); }, Math.max(0, Math.min(PAUSE_MS, since + LONGEST_MS - Date.now())));
  }

  function written(happened) {
    var name = nameOf(happened.target);
    if (!name) return;
    keep(name, happened.target.value);
    say("typing");
    if (!composing) later(happened.target);
  }

  function fill(place, words) {
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(place), "value").set.call(place, words);
    place.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function sendAgain(place) { // words that were on their way when the connection broke: touch the field, send it anew
    var words = place.value, start = place.selectionStart, end = place.selectionEnd;
    fill(place, words + " ");
    fill(place, words);
    place.setSelectionRange(start, end);
    send(place);
  }

  function say(what, place, copy) {
    var key = what + (copy ? copy.at : "");
    if (key === shown) return;
    shown = key;
    if (bar) bar.remove();
    bar = null;
    if (!what) return;
    bar = document.createElement("div");
    bar.className = "yy-saving yy-saving-" + what;
    bar.setAttribute("role", "status");
    var words = {
      typing: ["尚未保存，停笔约 2 秒后自动保存", "Not saved yet; saved about 2 seconds after you stop"],
      saved: ["已自动保存", "Saved"],
      left: ["本浏览器留有本条一段没有保存的文字。", "This browser has words of this clause that were never saved."]
    }[what];
    bar.append(words[IN_CHINESE() ? 0 : 1]);
    if (what === "left") {
      button(["放回输入框", "Put them back"], function () { fill(place, copy.words); place.focus(); });
      button(["丢弃", "Discard"], function () { drop(nameOf(place)); say(""); });
      bar.title = copy.words;
    }
    document.body.append(bar);
  }

  function button(words, act) {
    var made = document.createElement("button");
    made.type = "button";
    made.append(words[IN_CHINESE() ? 0 : 1]);
    made.addEventListener("click", act);
    bar.append(" ", made);
  }

  function look() {
    var open = fields();
    if (!open.length) { say(""); return; }
    var typing = false, left = null, wasKept = false;
    open.forEach(function (place) {
      var name = nameOf(place), copy = copyOf(name);
      if (!copy) return;
      if (isStored(name, copy.words) || Date.now() - copy.at > KEPT_MS) {
        drop(name);
        wasKept = true;
      } else if (place.value === copy.words) {
        typing = true;
        if (!timer && !composing && !place.disabled && Date.now() - sentAt > AGAIN_MS) sendAgain(place);
      } else left = { place: place, copy: copy };
    });
    if (wasKept) savedAt = Date.now();
    if (typing) say("typing");
    else if (left) say("left", left.place, left.copy);
    else say(Date.now() - savedAt < 4000 ? "saved" : "");
  }

  function unsaved() {
    return fields().some(function (place) {
      var copy = copyOf(nameOf(place));
      return copy && copy.words === place.value && !isStored(nameOf(place), copy.words);
    });
  }

  function begin() {
    addEventListener("compositionstart", function () { composing = true; clearTimeout(timer); }, true);
    addEventListener("compositionend", function (happened) {
      composing = false;
      if (nameOf(happened.target)) later(happened.target);
    }, true);
    addEventListener("input", written, true);
    addEventListener("beforeunload", function (leaving) { if (unsaved()) leaving.preventDefault(); });
    setInterval(look, LOOK_MS);
  }

  fetch("/api/me", { credentials: "same-origin", cache: "no-store" }).then(function (answer) {
    return answer.ok ? answer.json() : null;
  }).then(function (me) {
    if (!me) return;
    who = me.name; // a copy is shown again to who wrote it, to nobody else at this computer
    begin();
  }, function () { /* the server is away: what is typed is sent when the field is left, as ever */ });
})();
