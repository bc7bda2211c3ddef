"""How Streamlit is set up here, and why."""

from __future__ import annotations

from collections.abc import Sequence

from ui.doorway.gate import SESSION_HEADER, TICKET_HEADER

FONT = '"Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif'
DISCONNECTED_SESSION_S = 3600  # a phone that sleeps for an hour finds its page again
UPLOAD_MB = 50
COOKIE_SECRET_VARIABLE = "STREAMLIT_SERVER_COOKIE_SECRET"  # Streamlit takes this one from the environment only

SERVER: dict[str, object] = {
    "server.headless": True,
    "server.fileWatcherType": "none",
    "server.maxUploadSize": UPLOAD_MB,
    "server.disconnectedSessionTTL": DISCONNECTED_SESSION_S,
    "server.trustedUserHeaders": {TICKET_HEADER: "ticket", SESSION_HEADER: "session"},
    "server.enableAgentApi": False,
    "server.showEmailPrompt": False,
    "browser.gatherUsageStats": False,
    "runner.postScriptGC": False,  # a full collection after every run costs seconds with 50 viewers
    "runner.magicEnabled": False,
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "logger.hideWelcomeMessage": True,
}

THEME: dict[str, object] = {
    "theme.base": "light",
    "theme.font": FONT,
    "theme.headingFont": FONT,
    "theme.headingFontSizes": ["1.6rem", "1.35rem", "1.1rem", "1rem", "1rem", "1rem"],
    "theme.headingFontWeights": [600, 600, 600, 600, 600, 600],
    "theme.primaryColor": "#1c5aa6",
    "theme.backgroundColor": "#ffffff",
    "theme.secondaryBackgroundColor": "#f3f6fa",
    "theme.textColor": "#1d2733",
    "theme.linkColor": "#1c5aa6",
    "theme.borderColor": "#d5dde8",
    "theme.baseRadius": "small",
    "theme.baseFontSize": 15,
    "theme.showWidgetBorder": True,
    "theme.redColor": "#c8161d",  # the four warning colours
    "theme.orangeColor": "#e37318",
    "theme.yellowColor": "#d9a400",
    "theme.blueColor": "#1c5aa6",
    "theme.greenColor": "#1e7d4f",
    "theme.sidebar.backgroundColor": "#12386b",
    "theme.sidebar.secondaryBackgroundColor": "#1c4a86",
    "theme.sidebar.textColor": "#ffffff",
    "theme.sidebar.linkColor": "#ffffff",
    "theme.sidebar.primaryColor": "#ffffff",
    "theme.sidebar.borderColor": "#2b568f",
}


def streamlit_settings(address: str, port: int, hosts: Sequence[str]) -> dict[str, object]:
    """Everything `st.App.run(config=…)` is given."""
    place = {"server.address": address, "server.port": port, "server.allowedHosts": list(hosts)}
    return {**SERVER, **THEME, **place}
