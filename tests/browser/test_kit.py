"""The accessibility check finds faults where there are some: a silent check would pass every page."""

import pytest


@pytest.mark.browser
def test_the_accessibility_check_sees_a_field_without_a_label(page, accessibility_faults):
    page.set_content('<html lang="en"><title>x</title><main><h1>Age</h1><input type="text"></main></html>')
    assert accessibility_faults(page) == ["label"]
