"""Periods that are known of a country, with what they rest on: off until an institution takes one into its calendar."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from koryu.planning.rules.holidays import holiday_names
from koryu.planning.rules.institution_days import OwnCalendar
from koryu.planning.rules.periods import Effect, HowSure, Period, Repeat
from koryu.values.text import Text

# What is reckoned from a holiday is suggested for these years from today on.
_YEARS_AHEAD: Final = 3
_SPRING_FESTIVAL: Final = "春节"
_A_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Suggested:
    """A period of a country: days of a year that come again each year from `first` on, and what says so."""

    code: str
    country: str
    first: date
    last: date
    effect: Effect
    sure: HowSure
    label: Text
    source: str
    repeat: Repeat = Repeat.YEARLY

    def taken_by(self, institution: str) -> Period:
        """The period, as an institution that takes it has it."""
        return Period(
            of=institution,
            kept_by=institution,
            first=self.first,
            last=self.last,
            effect=self.effect,
            label=self.label,
            repeat=self.repeat,
            sure=self.sure,
            source=self.source,
            uid=self.code,
        )


def suggested(country: str, *, today: date) -> tuple[Suggested, ...]:
    """What is suggested to an institution of a country, in the order of the year."""
    listed = [each for each in _EACH_YEAR if each.country == country]
    if country == "CN":
        listed += _around_spring_festival(today)
    return tuple(sorted(listed, key=lambda each: (each.repeat is Repeat.ONCE, each.first.month, each.first)))


def with_usual_closing(calendar: OwnCalendar, *, today: date) -> OwnCalendar:
    """A calendar with the days on which libraries of its country are usually closed, to be avoided, where it says
    nothing of them; whoever keeps these periods is nobody."""
    known = {period.uid for period in calendar.periods}
    closing = [
        replace(each.taken_by(calendar.institution), effect=Effect.AVOIDED, kept_by="")
        for each in suggested(calendar.country, today=today)
        if each.effect is Effect.RULED_OUT and each.code not in known
    ]
    return replace(calendar, periods=(*calendar.periods, *closing)) if closing else calendar


def _around_spring_festival(today: date) -> list[Suggested]:
    around = []
    for year in range(today.year, today.year + _YEARS_AHEAD):
        days = [
            day
            for day, name in holiday_names("CN", year, tag="zh-Hans").items()
            if name.text.startswith(_SPRING_FESTIVAL) and (day.month, day.day) < (4, 1)
        ]
        if days and max(days) + _A_WEEK >= today:
            around.append(
                Suggested(
                    code=f"cn-spring-festival-{year}",
                    country="CN",
                    first=min(days) - _A_WEEK,
                    last=max(days) + _A_WEEK,
                    effect=Effect.AVOIDED,
                    sure=HowSure.USUAL,
                    label=_SPRING,
                    source="全国年节及纪念日放假办法",
                    repeat=Repeat.ONCE,
                )
            )
    return around


_SPRING: Final = Text.of(
    en="A week before and after the Spring Festival",
    ja="春節の前後1週間",
    zh_Hans="春节前后各一周",
    ko="춘절 전후 1주일",
    source="zh-Hans",
)

# The year is that in which the period first came so, or any before today's: it comes again each year.
_EACH_YEAR: Final = (
    Suggested(
        code="jp-year-end",
        country="JP",
        first=date(2020, 12, 29),
        last=date(2021, 1, 3),
        effect=Effect.RULED_OUT,
        sure=HowSure.FIXED,
        label=Text.of(
            en="Closed over the turn of the year",
            ja="年末年始の休日",
            zh_Hans="年末年初休馆",
            ko="연말연시 휴관",
            source="ja",
        ),
        source="国会に置かれる機関の休日に関する法律（昭和63年法律第105号）第1条",
    ),
    Suggested(
        code="jp-diet",
        country="JP",
        first=date(2020, 1, 20),
        last=date(2020, 6, 17),
        effect=Effect.AVOIDED,
        sure=HowSure.USUAL,
        label=Text.of(
            en="Ordinary session of the Diet: from January, 150 days; it can be extended once",
            ja="国会の常会（1月召集、会期150日、延長1回）",
            zh_Hans="日本国会常会（1月召集，会期150天，可延长一次）",
            ko="일본 국회 정기회(1월 소집, 회기 150일, 1회 연장 가능)",
            source="ja",
        ),
        source="国会法（昭和22年法律第79号）第2条、第10条、第12条",
    ),
    Suggested(
        code="jp-year-turn",
        country="JP",
        first=date(2020, 3, 15),
        last=date(2020, 4, 10),
        effect=Effect.AVOIDED,
        sure=HowSure.USUAL,
        label=Text.of(
            en="End of the budget year, and transfers of staff",
            ja="年度末・年度始め（人事異動）",
            zh_Hans="财政年度交替及人事调动",
            ko="회계연도 말과 인사이동",
            source="ja",
        ),
        source="財政法（昭和22年法律第34号）第11条",
    ),
    Suggested(
        code="jp-may-holidays",
        country="JP",
        first=date(2020, 4, 27),
        last=date(2020, 5, 6),
        effect=Effect.AVOIDED,
        sure=HowSure.USUAL,
        label=Text.of(
            en="Holidays at the beginning of May",
            ja="大型連休",
            zh_Hans="五月初连休",
            ko="5월 초 연휴",
            source="ja",
        ),
        source="国民の祝日に関する法律（昭和23年法律第178号）第2条",
    ),
    Suggested(
        code="jp-obon",
        country="JP",
        first=date(2020, 8, 13),
        last=date(2020, 8, 16),
        effect=Effect.AVOIDED,
        sure=HowSure.USUAL,
        label=Text.of(en="Obon", ja="お盆", zh_Hans="盂兰盆节", ko="오본", source="ja"),
        source="",
    ),
    Suggested(
        code="kr-regular-session",
        country="KR",
        first=date(2020, 9, 1),
        last=date(2020, 12, 9),
        effect=Effect.AVOIDED,
        sure=HowSure.USUAL,
        label=Text.of(
            en="Regular session of the National Assembly: at most 100 days from 1 September, or from the day after if "
            "that is a holiday",
            ja="韓国国会の定期会（9月1日から、休日なら翌日から、100日以内）",
            zh_Hans="韩国国会定期会（9月1日起，遇公休日顺延，100天以内）",
            ko="국회 정기회(9월 1일부터, 공휴일이면 다음 날부터, 100일 이내)",
            source="ko",
        ),
        source="국회법 제4조, 대한민국헌법 제47조",
    ),
    Suggested(
        code="kr-inspection",
        country="KR",
        first=date(2020, 10, 1),
        last=date(2020, 10, 30),
        effect=Effect.AVOIDED,
        sure=HowSure.NOT_ANNOUNCED,
        label=Text.of(
            en="Inspection of the administration: at most 30 days, decided each year; 7–27 October 2014, "
            "1–21 October 2021, 4–24 October 2022",
            ja="国政監査（30日以内、毎年議決で決まる。2014年10月7日～27日、2021年10月1日～21日、2022年10月4日～24日）",
            zh_Hans="国政监查（30天以内，每年议决；2014年10月7—27日，2021年10月1—21日，2022年10月4—24日）",
            ko="국정감사(30일 이내, 매년 의결로 정함. 2014년 10월 7~27일, 2021년 10월 1~21일, 2022년 10월 4~24일)",
            source="ko",
        ),
        source="국정감사 및 조사에 관한 법률 제2조",
    ),
    Suggested(
        code="kr-accounts",
        country="KR",
        first=date(2020, 12, 1),
        last=date(2020, 12, 31),
        effect=Effect.AVOIDED,
        sure=HowSure.USUAL,
        label=Text.of(en="Closing of accounts", ja="会計年度末", zh_Hans="年终决算", ko="회계 마감", source="ko"),
        source="국가재정법 제2조",
    ),
    Suggested(
        code="cn-congress",
        country="CN",
        first=date(2020, 3, 5),
        last=date(2020, 3, 13),
        effect=Effect.AVOIDED,
        sure=HowSure.USUAL,
        label=Text.of(
            en="National People’s Congress: from 5 March; it ended on 11 to 13 March in 2021–2026",
            ja="全国人民代表大会（3月5日から。2021～2026年は3月11日～13日に閉会）",
            zh_Hans="全国人民代表大会（3月5日起；2021—2026年于3月11—13日闭幕）",
            ko="전국인민대표대회(3월 5일부터. 2021~2026년은 3월 11~13일 폐회)",
            source="zh-Hans",
        ),
        source="中华人民共和国全国人民代表大会组织法第八条",
    ),
    Suggested(
        code="cn-accounts",
        country="CN",
        first=date(2020, 12, 1),
        last=date(2020, 12, 31),
        effect=Effect.AVOIDED,
        sure=HowSure.USUAL,
        label=Text.of(en="Closing of accounts", ja="会計年度末", zh_Hans="年终决算", ko="회계 마감", source="zh-Hans"),
        source="中华人民共和国预算法第十八条",
    ),
)
