"""Writes the whole results of three case files, for people to read a change in; refresh: `python -m tests.cases.golden`."""

import json

from tests.cases.replay import FOLDER, replayed

GOLDEN = ("us-tx-child-a-b", "gb-persons-aa-a", "us-control-gg-b")


def text_of(name: str) -> str:
    """The result of one case file as JSON, without the digests and versions that change with any edit of a pack."""
    result = replayed(f"{name}.yaml").to_dict()
    packs = result["packs"]
    assert isinstance(packs, list)
    result["packs"] = [pack["id"] for pack in packs]
    return json.dumps(result, indent=1, ensure_ascii=False) + "\n"


def main() -> None:
    for name in GOLDEN:
        path = FOLDER / "golden" / f"{name}.json"
        path.write_text(text_of(name), encoding="utf-8")
        print(path)


if __name__ == "__main__":
    main()
