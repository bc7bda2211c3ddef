"""Forms that are empty once they were taken and keep what was typed when they were refused."""

from streamlit.testing.v1 import AppTest


def a_form() -> None:
    import streamlit as st

    from ui.components.fields import fields, start_anew

    field = fields("note")
    with st.form("note"):
        words = st.text_input("words", key=field("words"))
        is_sent = st.form_submit_button("send", key="send")
    if is_sent and words == "refused":
        st.error("no")
    elif is_sent:
        st.session_state["kept"] = words
        start_anew("note")
        st.rerun()


def test_a_refused_form_keeps_what_was_typed_and_one_taken_is_new() -> None:
    page = AppTest.from_function(a_form).run()
    page.text_input[0].input("refused")
    page.button[0].click().run()
    assert (page.text_input[0].value, len(page.error)) == ("refused", 1)
    page.text_input[0].input("taken")
    page.button[0].click().run()
    assert page.session_state["kept"] == "taken"
    (fresh,) = page.text_input
    assert (fresh.value, fresh.key) == ("", "words-again-1")
