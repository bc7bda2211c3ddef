// The server is at the root, whatever page was opened: without this Streamlit asks below the page's address first.
window.__streamlit = { BACKEND_BASE_URL: location.origin + "/" };
// When the connection closes, ask whether the session still holds; if not, go to the sign-in page.
(function () {
  "use strict";
  var asking = false;
  function ask() {
    if (asking) return;
    asking = true;
    fetch("/api/me", { credentials: "same-origin", cache: "no-store" }).then(function (answer) {
      asking = false;
      if (answer.status === 401) {
        location.assign("/account/login?next=" + encodeURIComponent(location.pathname + location.search));
      }
    }, function () { asking = false; }); // the server is away: Streamlit itself keeps trying to connect
  }
  var Native = window.WebSocket;
  window.WebSocket = class extends Native {
    constructor() {
      super(...arguments);
      this.addEventListener("close", ask);
    }
  };
})();
