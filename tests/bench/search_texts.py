"""Makes any number of short titles from real words of four languages, the same ones each time."""

import random
from collections.abc import Iterator

from koryu.search.entries import SearchEntry, WrittenForm
from koryu.search.han import as_written_in_korea, korean_of_han
from koryu.search.tables import section

ENGLISH = """library national mutual visit program exchange development digital service report research cooperation
parliament bibliography archive history catalogue preservation training access information policy acquisition science
technology international children newspaper map rare book collection copyright standard metadata network survey law
statistics culture education economy society environment health region city village river mountain modern medieval
Tokyo Beijing Seoul Kyoto Nanjing Busan Asia Pacific introduction handbook guide
studies proceedings essays letters""".split()
KATAKANA = "サービス データベース システム ネットワーク アジア デジタル アーカイブ セミナー プログラム".split()
HANGUL = "서비스 데이터베이스 시스템 네트워크 디지털 아카이브 세미나 프로그램 이용자를 위한 새로운 우리나라".split()
LANGUAGES = ("ja", "ja", "zh-Hans", "zh-Hant", "ko", "ko", "en")


def han_words() -> list[str]:
    """Han words, in an order that stands for how often each is used."""
    words = []
    for line in section("shared words"):
        size = sum(1 for char in line if "가" <= char <= "힣")
        words.append(line[size : 2 * size])
    random.Random(1).shuffle(words)
    return ["図書館", "国会", "国立", "交流", "業務", "中央", "中国", "韓国", "日本", *words]


class Titles:
    """Titles of two to four words drawn by Zipf's law, with what each was made of."""

    def __init__(self, seed: int = 7) -> None:
        self.random = random.Random(seed)
        self.words = han_words()
        size = len(self.words)
        weights = [1 / (rank + 20) for rank in range(size)]
        self.totals: list[float] = []
        total = 0.0
        for weight in weights:
            total += weight
            self.totals.append(total)
        self.simplified = {line[0]: _simplified(line) for line in section("variants")}

    def draw(self, number: int) -> list[str]:
        return self.random.choices(self.words, cum_weights=self.totals, k=number)

    def title(self) -> tuple[str, str, list[str]]:
        """A title: its language, its text, and the Han words it was made of."""
        lang = self.random.choice(LANGUAGES)
        words = self.draw(self.random.randint(2, 4))
        match lang:
            case "ja":
                extra = [self.random.choice(KATAKANA)] if self.random.random() < 0.3 else []
                text = "の".join(["".join(words[:2]), "".join(words[2:] + extra)]).strip("の")
            case "zh-Hans":
                text = self.in_simplified("".join(words))
            case "zh-Hant":
                text = "".join(words)
            case "ko":
                extra = [self.random.choice(HANGUL)] if self.random.random() < 0.5 else []
                text = " ".join([in_hangul(word) for word in words] + extra)
            case _:
                return lang, " ".join(self.random.choices(ENGLISH, k=self.random.randint(4, 8))).capitalize(), []
        return lang, text, words

    def in_simplified(self, text: str) -> str:
        return "".join(self.simplified.get(char, char) for char in text)

    def entries(self, number: int) -> Iterator[SearchEntry]:
        for count in range(number):
            lang, title, _ = self.title()
            yield SearchEntry(
                uri=f"r{count}",
                kind=("paper", "report", "exchange", "work")[count % 4],
                titles=(WrittenForm(lang, title),),
                programme=(f"p{count % 7}",),
                institution=(f"i{count % 11}", f"i{count % 5}"),
                years=(1981 + count % 45, 1981 + count % 45),
            )


def in_hangul(word: str) -> str:
    return as_written_in_korea(korean_of_han(word, word))


def _simplified(line: str) -> str:
    for char in line:
        try:
            char.encode("gb2312")
        except UnicodeEncodeError:
            continue
        return char
    return line[0]
