"""The tests of voi-screening; a package, so that their builders can be imported by name."""
