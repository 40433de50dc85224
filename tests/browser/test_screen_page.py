"""The screening page in a real browser: by keyboard, live, on a tablet, on paper, and without JavaScript."""

import pytest

from screening import load_case, load_packs

pytestmark = pytest.mark.browser

WIDTHS = (390, 820, 1360)
TWELVE = "case: v1\nas_of: 2026-11-24\nperson: {born: 2010-01-01}\ncharges:\n" + "".join(
    f'  - {{id: c{i}, jurisdiction: {place}, section: "{section}", date: 2026-10-01}}\n'
    for i, (place, section) in enumerate(
        [("US-TN", "39-13-513"), ("US", "18 U.S.C. 1591"), ("US-CA", "647(b)"), ("US-WI", "944.30")] * 3
    )
)


@pytest.fixture
def at(chromium, server_url):
    """Opens an address of the service in a browser of a given kind; closed at the end."""
    contexts = []

    def opened(path="/", width=1360, height=1000, **kind):
        context = chromium.new_context(
            viewport={"width": width, "height": height}, base_url=server_url, **kind
        )
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on(
            "console", lambda message: page.faults.append(message.text) if message.type == "error" else None
        )
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()


def live(page, act):
    """Does something and waits until the findings have followed."""
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        act()
    answer.value.finished()
    until(page, "document.getElementById('offline').hidden")


def until(page, condition):
    """Waits until a condition holds; the pages allow no evaluated strings, so it is asked for again and again."""
    for _ in range(200):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never came true: {condition}")


def words(locator):
    return " ".join(locator.inner_text().split())


def test_an_answer_by_keyboard_moves_the_findings(at):
    page = at("/?demo=wisconsin#t-done")
    question = page.locator("#i-exploitation-commercial_sex-p")
    question.focus()
    live(page, lambda: page.keyboard.press("y"))
    assert question.locator("input[value=yes]").is_checked()
    live(page, lambda: page.keyboard.press("k"))
    assert question.locator("input[value=not_known]").is_checked()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.classList.contains('question')")
    assert page.evaluate("document.activeElement.id") != "i-exploitation-commercial_sex-p"
    assert page.faults == []


def test_the_list_of_keys_opens_beside_the_form_and_hides_again(at):
    page = at()
    page.locator("body").press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#keys").is_hidden()


def test_a_live_update_shows_what_a_posted_page_shows(at):
    page = at("/?demo=wisconsin#t-age")
    live(page, lambda: (page.check("[name=age][value=born]"), page.fill("[name=born]", "2012-05-05")))
    until(page, "document.getElementById('said').textContent !== ''")
    followed = page.locator("#part-findings").text_content()
    with page.expect_navigation():
        page.evaluate("document.getElementById('screen').requestSubmit()")
    page.locator("html.js").wait_for()
    assert "".join(page.locator("#part-findings").text_content().split()) == "".join(followed.split())


def test_what_changed_is_said_and_marked_for_a_while(at):
    page = at("/?demo=wisconsin#t-age")
    live(page, lambda: (page.check("[name=age][value=born]"), page.fill("[name=born]", "2012-05-05")))
    until(page, "document.getElementById('said').textContent.includes('Charge 1')")
    assert page.locator("#charge-result-0.is-changed").count() == 1
    assert page.locator("#said").get_attribute("aria-live") == "polite"


def test_a_section_is_found_by_words_from_the_keyboard(at):
    page = at("/?demo=empty")
    page.select_option("[name='c.0.jurisdiction']", "US-TN")
    page.locator("#section-0").press_sequentially("traffick")
    page.locator("#section-0-options [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    live(page, lambda: page.keyboard.press("Enter"))
    assert page.locator("#section-0").input_value() == "39-13-309"
    page.locator("#charge-result-0 h2", has_text="Trafficking").wait_for()


def test_what_to_ask_next_leads_to_the_question_of_another_charge(at):
    page = at("/?demo=mixed")
    button = page.locator("#next button").first
    asked = words(button)
    button.click()
    page.wait_for_load_state()
    until(page, "document.activeElement.classList.contains('question')")
    assert asked in words(page.locator(":focus legend"))


def test_a_second_source_and_own_words_are_added_in_place(at):
    page = at("/?demo=mixed#t-control")
    question = page.locator("#i-control-threats-p")
    question.locator("summary").first.click()
    question.locator(".add-source").click()
    assert question.locator(".answer").count() == 2
    live(page, lambda: question.locator(".answer").nth(1).locator("input[value=no]").check())
    live(page, lambda: question.locator(".answer").nth(1).locator("select").select_option("own_statement"))
    assert question.locator(".own input[name='r.control.threats.-.1.by']").count() == 1


def test_on_a_tablet_the_bar_names_every_charge_and_leads_to_the_findings(at):
    page = at("/?demo=mixed", width=820, height=1180)
    bar = page.locator("a.bar")
    assert bar.is_visible()
    assert bar.bounding_box()["y"] > 900
    assert "Indicators of trafficking are present" in words(bar)
    assert bar.locator(".bar__charge").count() == 3
    bar.click()
    until(page, "document.getElementById('findings').getBoundingClientRect().top < 200")
    page.locator("a.bar", has_text="Back to the questions").wait_for()


def test_copy_and_load_give_the_same_case(at):
    page = at("/?demo=california", permissions=["clipboard-read", "clipboard-write"])
    page.locator(".tools summary").click()
    page.click("#copy")
    page.locator("#copy", has_text="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    packs = load_packs()
    page.goto("/?demo=empty")
    page.fill("#case-text", copied)
    page.click("#load button")
    page.wait_for_load_state()
    with page.expect_download() as saved:
        page.locator(".tools summary").click()
        page.click("[formaction='/case.yaml']")
    text = saved.value.path().read_text(encoding="utf-8")
    assert saved.value.suggested_filename == "case.yaml"
    assert load_case(text, packs=packs) == load_case(copied, packs=packs)


def test_without_javascript_everything_is_there_and_works(at):
    page = at("/?demo=wisconsin", java_script_enabled=False, width=820)
    before = words(page.locator("#part-findings"))
    for topic in ("charges", "age", "done", "control", "act", "other", "person", "needs"):
        assert page.locator(f"#t-{topic}").is_visible()
    page.check("[name=age][value=born]")
    page.fill("[name=born]", "2012-05-05")
    page.locator("#t-age button", has_text="Update findings").click()
    assert words(page.locator("#part-findings")) != before
    assert page.url.endswith("/#t-age")
    page.locator(".readers button", has_text="Officer").click()
    assert "What not to book" in words(page.locator("#findings"))
    assert page.locator("[name=born]").input_value() == "2012-05-05"


def test_enter_in_a_field_keeps_the_reader(at):
    page = at("/?demo=wisconsin&reader=advocate", java_script_enabled=False)
    page.locator("#county").press("Enter")
    assert page.locator(".readers [aria-pressed=true]").inner_text() == "Advocate"


def test_on_paper_the_scale_is_text_and_both_sides_stand(at):
    page = at("/?demo=california")
    page.emulate_media(media="print")
    text = words(page.locator("body"))
    assert "None found: still possible" in text
    assert "Points toward protection" in text
    assert "Points the other way" in text
    assert "Both sides of the record" in text
    assert "screening of 24 November 2026" in text
    assert "Update findings" not in text
    assert "2026.11" in text
    assert len(page.pdf()) > 10_000


def test_when_the_service_is_away_it_is_said_and_nothing_is_lost(at):
    page = at("/?demo=wisconsin#t-needs")
    page.context.set_offline(True)
    page.fill("#county", "Alder")
    page.locator("#offline").wait_for()
    assert page.locator("#county").input_value() == "Alder"
    page.context.set_offline(False)
    page.locator("#offline").wait_for(state="hidden", timeout=15_000)


def test_what_is_too_long_is_said_and_nothing_is_lost(at):
    page = at("/?demo=wisconsin#t-control")
    page.evaluate(
        "for (const one of document.querySelectorAll('textarea[name$=note]')) one.value = 'n'.repeat(9000)"
    )
    page.check("#i-control-monitored-p input[value=no]")
    page.locator("#too-long").wait_for()
    assert page.locator("#offline").is_hidden()
    assert len(page.locator("textarea[name$=note]").first.input_value()) == 9000


def test_the_disclosure_button_closes_the_questions(at):
    page = at("/?demo=wisconsin#t-person")
    assert page.locator("[name^='r.told.']").count() == 0
    page.select_option("[name='g.asker']", "forensic_interviewer")
    page.click("button[value=talk]")
    page.wait_for_load_state()
    assert page.locator("[name^='r.told.'][type=radio]").count() > 0
    page.click("#stop")
    page.wait_for_load_state()
    assert page.locator("[name^='r.told.'][type=radio]").count() == 0
    assert "forensic interview" in words(page.locator("#t-person"))


@pytest.mark.parametrize(
    ("width", "scheme"), [(390, "light"), (820, "dark"), (1360, "light"), (1360, "dark")]
)
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?demo=california&reader=officer",
        "/?demo=wisconsin&reader=advocate",
        "/?demo=empty",
        "/law",
        "/law/US-TN?q=traffick",
        "/law/coverage",
        "/nowhere",
    ],
)
def test_every_state_is_accessible_and_fits(at, accessibility_faults, width, scheme, path):
    page = at(path, width=width, color_scheme=scheme)
    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", WIDTHS)
def test_states_reached_by_doing_are_accessible_and_fit(at, accessibility_faults, width):
    page = at("/?demo=empty", width=width)

    def check():
        assert accessibility_faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.fill("#case-text", TWELVE)
    page.click("#load button")
    page.locator("#charge-result-11").wait_for(state="attached")
    check()
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    check()
    page.fill("#case-text", TWELVE.replace("US-TN", "US-TNN"))
    page.click("#load button")
    page.locator("#refused-title").wait_for()
    check()
    page.goto("/?demo=mixed")
    live(page, lambda: page.fill("[name='c.0.date']", "2031-01-01"))
    page.locator("#faults-box").wait_for()
    check()
    page.goto("/?demo=mixed#t-person")
    page.select_option("[name='g.asker']", "community_advocate")
    page.click("button[value=talk]")
    page.locator("#stop").wait_for()
    page.emulate_media(forced_colors="active")
    check()


@pytest.mark.parametrize("width", WIDTHS)
def test_targets_are_large_enough(at, width):
    page = at("/?demo=mixed#t-control", width=width)
    small = page.evaluate(
        """[...document.querySelectorAll('button, summary, .pick, select, .usa-input, .topics a, a.bar, .links a')]
        .filter((one) => one.checkVisibility() && !one.closest('.usa-sr-only') && !one.classList.contains('usa-sr-only'))
        .filter((one) => one.getBoundingClientRect().height < 43.5).map((one) => one.outerHTML.slice(0, 120))"""
    )
    assert small == []


def test_no_text_is_smaller_than_sixteen_pixels(at):
    page = at("/?demo=mixed")
    small = page.evaluate(
        """[...document.querySelectorAll('main *, header *')].filter((one) => one.checkVisibility()
        && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
        && parseFloat(getComputedStyle(one).fontSize) < 16)
        .map((one) => one.outerHTML.slice(0, 100))"""
    )
    assert small == []
