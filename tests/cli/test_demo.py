"""`koryu demo`: the record that Koryu ships, served."""

import json
import shutil
from pathlib import Path

from tests.site import served


def test_the_shipped_record_is_served_and_found_and_a_second_start_records_nothing_anew(
    shipped_home: Path, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(shipped_home, tmp_path / "home"))
    with served(home, "demo", "--practice-port", "0") as site:
        assert site.get("/ja/programme/ndl-nlc/").status == 200
        assert json.loads(site.get("/api/find?q=toshokan").body)["total"] > 0
        assert json.loads(site.get("/programme/ndl-nlc.json").body)["entries"][-1]["said"] == "recorded"
        assert len(json.loads(site.get("/programme/ndl-nlc.json").body)["versions"]) == 1
