"""Opening and saving case files on the page, and the errors a person may meet there."""

CASE = 'case: v1\nas_of: 2026-11-24\ncharges:\n  - {id: c1, jurisdiction: US-TN, section: "39-13-513"}\n'


def test_a_pasted_case_opens(client, shown):
    page = client.post("/open", files={"text": (None, CASE), "reader": (None, "officer")})
    assert page.status_code == 200
    assert 'value="39-13-513"' in page.text
    assert "What not to book" in shown(page.text)


def test_a_chosen_file_opens(client):
    page = client.post("/open", files={"file": ("case.yaml", CASE.encode()), "text": (None, "")})
    assert 'value="39-13-513"' in page.text


def test_every_fault_of_a_file_is_shown_with_what_was_expected(client, shown):
    broken = CASE.replace("US-TN", "US-TX1").replace("2026-11-24", "2026-13-01") + "colour: red\n"
    page = client.post("/open", files={"text": (None, broken)})
    text = shown(page.text)
    assert page.status_code == 422
    assert "3 points to mend" in text
    for words in (
        "charges[0].jurisdiction",
        "line 4",
        "Nearest: US-TX",
        "as_of",
        "colour",
        "a date as YYYY-MM-DD",
    ):
        assert words in text
    assert "2026-13-01" in page.text


def test_a_hostile_file_is_shown_and_never_run(client):
    page = client.post("/open", files={"text": (None, "</textarea><script>alert(1)</script>: [")})
    assert page.status_code == 422
    assert "<script>alert" not in page.text


def test_an_empty_file_is_a_fault_and_no_crash(client):
    for sent in ({"text": (None, "")}, {"file": ("x.yaml", b"\xff\xfe\x00"), "text": (None, "")}):
        assert client.post("/open", files=sent).status_code == 422


def test_a_page_that_is_not_there_is_a_page(client, shown):
    page = client.get("/nowhere")
    assert page.status_code == 404
    assert "Screen a case" in shown(page.text)


def test_sections_are_found_while_typing(client, shown):
    assert "39-13-309" in shown(client.post("/sections", data={"place": "US-TN", "q": "traffick"}).text)
    assert "not packed yet" in shown(client.post("/sections", data={"place": "US-AL", "q": "x"}).text)
    assert "Nothing found" in shown(client.post("/sections", data={"place": "US-TN", "q": "zzz <b>"}).text)
