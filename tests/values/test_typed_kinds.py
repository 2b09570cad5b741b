"""Dates that were once stored wrongly without a word, or not understood, by kind.

Each line is what is typed, what was made of it before, and what is made of it now; “…” is a refusal that says so.
"""

import time
from typing import Final

import pytest

from koryu.values.edtf import Edtf
from koryu.values.reason import Refused
from koryu.values.typed import MOST, as_typed

KINDS: Final = {
    "the second year of an era": """
        平成9年～12年 | 1997/2012 | 1997/2000
        昭和60年～61年 | “ends before it begins” | 1985/1986
        平成12年9月～13年3月 | 2000-09/2013-03 | 2000-09/2001-03
        平成30年～令和2年 | 2018/2020 | 2018/2020
        昭和63年～平成2年 | 1988/1990 | 1988/1990
        平成元年～3年 | “not understood” | 1989/1991
        令和元年～5年 | “not understood” | 2019/2023
        平成9～12年 | “not understood” | 1997/2000
        平成9-12年 | “not understood” | 1997/2000
        昭和60年4月1日～61年3月31日 | “ends before it begins” | 1985-04-01/1986-03-31
        平成12年9月5日～11日 | 2000-09-05/2000-09-11 | 2000-09-05/2000-09-11
        平成12年9月5日～10月3日 | 2000-09-05/2000-10-03 | 2000-09-05/2000-10-03
        平成12年12月～13年1月 | 2000-12/2013-01 | 2000-12/2001-01
        平成12年から15年まで | 2000/2015 | 2000/2003
        平成12年9月から13年3月まで | 2000-09/2013-03 | 2000-09/2001-03
        平成12年～3年 | “not understood” | “ends before it begins”
        昭和60年～1990年 | 1985/1990 | 1985/1990
        1985年～平成2年 | 1985/1990 | 1985/1990
        昭和60年～62 | “ends before it begins” | 1985/1987
        昭和60～平成2年 | “not understood” | 1985/1990
        ㍻12年9月 | 2000-09 | 2000-09
        平成9年～ | 1997/.. | 1997/..
        ～平成12年 | ../2000 | ../2000
        昭和60年4月から翌年3月まで | “not understood” | 1985-04/1986-03
        平成9年頃～12年頃 | “not understood” | 1997~/2000~
        民国93年～95年 | “not understood” | 2004/2006
        昭和64年～平成元年 | 1989/1989 | 1989
        平成12年度 | “not understood” | “not understood”
        平成9年度～12年度 | “not understood” | “not understood”
        平成12年9月5日～13年 | 2000-09-05/2013 | 2000-09-05/2001
    """,
    "years an era never had": """
        昭和65年 | 1990 | “does not exist”
        平成32年 | 2020 | “does not exist”
        平成40年 | 2028 | “does not exist”
        大正16年 | 1927 | “does not exist”
        明治46年 | 1913 | “does not exist”
        令和0年 | 2018 | “does not exist”
        平成0年 | 1988 | “does not exist”
        昭和64年1月8日 | 1989-01-08 | “does not exist”
        昭和64年2月 | 1989-02 | “does not exist”
        平成元年1月7日 | 1989-01-07 | “does not exist”
        平成31年5月1日 | 2019-05-01 | “does not exist”
        平成31年5月 | 2019-05 | “does not exist”
        令和元年4月30日 | 2019-04-30 | “does not exist”
        令和元年4月 | 2019-04 | “does not exist”
        昭和100年 | “not understood” | “does not exist”
        昭和61年～70年 | “ends before it begins” | “does not exist”
        平成30年～33年 | 2018/2033 | “does not exist”
        大正元年7月29日 | 1912-07-29 | “does not exist”
        昭和元年12月24日 | 1926-12-24 | “does not exist”
        民国0年 | “not understood” | “does not exist”
        明治3年5月1日 | 1870-05-01 | “before 1873”
    """,
    "the first and last days of eras": """
        昭和64年1月7日 | 1989-01-07 | 1989-01-07
        平成31年4月30日 | 2019-04-30 | 2019-04-30
        令和元年5月1日 | 2019-05-01 | 2019-05-01
        大正12年9月1日 | 1923-09-01 | 1923-09-01
        昭和元年 | 1926 | 1926
        明治33年 | 1900 | 1900
        民国元年 | “not understood” | 1912
        平成元年1月 | 1989-01 | 1989-01
    """,
    "other countings of years": """
        民国93年 | “not understood” | 2004
        民国93年11月8日 | “not understood” | 2004-11-08
        中華民國九十三年 | “not understood” | 2004
        中华民国93年11月 | “not understood” | 2004-11
        民國93年11月8日至17日 | “not understood” | 2004-11-08/2004-11-17
        公元2004年 | “not understood” | 2004
        西元2004年11月 | “not understood” | 2004-11
        西暦2004年 | “not understood” | 2004
        서기 2004년 | “not understood” | 2004
        公元前2004年 | “not understood” | “not understood”
        기원전 2004년 | “not understood” | “not understood”
        紀元前2004年 | “not understood” | “not understood”
        2004 BC | “not understood” | “not understood”
        단기 4337년 | “not understood” | “not understood”
        主体93年 | “not understood” | “not understood”
        光緒30年 | “not understood” | “not understood”
        H12.9.5 | “not understood” | 2000-09-05
        H12.9～H13.3 | “not understood” | 2000-09/2001-03
        S60.5 | “not understood” | 1985-05
        R5.11.8 | “not understood” | 2023-11-08
        平成12.9.5 | “not understood” | 2000-09-05
        平成12年（2000年） | “not understood” | 2000
        1985年（昭和60年） | “not understood” | 1985
        2004(平成16)年11月8日 | “not understood” | 2004-11-08
        平成12年（2001年） | “not understood” | “two different years”
    """,
    "open at one end": """
        2004년~ | 2004~ | 2004/..
        2004년 ~ | 2004~ | 2004/..
        2004년～ | 2004/.. | 2004/..
        2004년 11월~ | 2004-11~ | 2004-11/..
        2004. 11. 8.~ | 2004-11-08~ | 2004-11-08/..
        2004~현재 | “not understood” | 2004/..
        2004년~현재 | “not understood” | 2004/..
        2004년부터 현재까지 | “not understood” | 2004/..
        2004년 이래 | 2004/.. | 2004/..
        2004년 이후 | 2004/.. | 2004/..
        ~2004년 | ../2004 | ../2004
        1981年至今 | “not understood” | 1981/..
        自1981年至今 | “not understood” | 1981/..
        从1981年至今 | “not understood” | 1981/..
        1981年5月至今 | “not understood” | 1981-05/..
        1981年—至今 | “not understood” | 1981/..
        1981年起至今 | “not understood” | 1981/..
        1981年迄今 | “not understood” | 1981/..
        1981年～現在 | “not understood” | 1981/..
        1981年から現在まで | “not understood” | 1981/..
        1981年から現在に至る | “not understood” | 1981/..
        平成9年～現在 | “not understood” | 1997/..
        一九八一年至今 | “not understood” | 1981/..
        1981–present | “not understood” | 1981/..
        1981 to date | “not understood” | 1981/..
        1981 to the present | “not understood” | 1981/..
        1981 - now | “not understood” | 1981/..
        since May 1981 | 1981-05/.. | 1981-05/..
        至今 | “not understood” | “not understood”
        present | “not understood” | “not understood”
        2004年11月8日～ | 2004-11-08/.. | 2004-11-08/..
        2004年以降 | 2004/.. | 2004/..
        2004 ~ | 2004~ | 2004/..
        2004～ | 2004/.. | 2004/..
    """,
    "a weekday that does not fit": """
        Tue 8 Nov 2004 | “not understood” | “is a Monday”
        8 Nov 2004 (Tue) | “not understood” | “is a Monday”
        Tuesday, 8 November 2004 | 2004-11-08 | “is a Monday”
        2004年11月8日（火） | 2004-11-08 | “is a Monday”
        2004年11月8日星期二 | “not understood” | “is a Monday”
        2004年11月8日(周日) | 2004-11-08 | “is a Monday”
        2004. 11. 8.(화) | 2004-11-08 | “is a Monday”
        2004년 11월 8일 화요일 | “not understood” | “is a Monday”
        2004. 11. 8.(월) ~ 11. 17.(목) | “not understood” | “is a Wednesday”
        Monday 8 – Thursday 17 November 2004 | “not understood” | “is a Wednesday”
        2004年11月8日(月)～17日(木) | 2004-11-08/2004-11-17 | “is a Wednesday”
        平成16年11月8日(火) | 2004-11-08 | “is a Monday”
        2004年11月8日(火)～17日(水) | 2004-11-08/2004-11-17 | “is a Monday”
        Monday November 2004 | 2004-11 | “not understood”
        Monday | “not understood” | “not understood”
        2004年11月8日（月）（火） | 2004-11-08 | “not understood”
    """,
    "a weekday that fits": """
        2004年11月8日(月) | 2004-11-08 | 2004-11-08
        2004年11月3日(水・祝) | “not understood” | 2004-11-03
        2004年11月3日(水祝) | “not understood” | 2004-11-03
        2004年11月8日月曜日 | “not understood” | 2004-11-08
        2004年11月8日（星期一） | 2004-11-08 | 2004-11-08
        2004年11月8日 星期一 | “not understood” | 2004-11-08
        2004年11月7日星期日 | “not understood” | 2004-11-07
        2004年11月7日星期天 | “not understood” | 2004-11-07
        2004年11月7日(礼拜天) | “not understood” | 2004-11-07
        2004년 11월 8일 월요일 | “not understood” | 2004-11-08
        Mon 8 Nov 2004 | “not understood” | 2004-11-08
        Mon, 8 Nov 2004 | “not understood” | 2004-11-08
        8 Nov 2004 (Monday) | “not understood” | 2004-11-08
        Monday 8 – Wednesday 17 November 2004 | “not understood” | 2004-11-08/2004-11-17
        Mon 8 - Wed 17 Nov 2004 | “not understood” | 2004-11-08/2004-11-17
        Mon 8 Nov – Wed 17 Nov 2004 | “not understood” | 2004-11-08/2004-11-17
        2004年11月8日(月)～17日(水) | 2004-11-08/2004-11-17 | 2004-11-08/2004-11-17
        2020年某月28日(火) | 2020-XX-28 | 2020-XX-28
        Tuesday, 28th of some month of 2020 | 2020-XX-28 | 2020-XX-28
    """,
    "over New Year": """
        30 December – 2 January 2004 | “ends before it begins” | 2003-12-30/2004-01-02
        December 30 – January 2, 2004 | “ends before it begins” | 2003-12-30/2004-01-02
        28 Dec - 5 Jan 2010 | “ends before it begins” | 2009-12-28/2010-01-05
        December – January 2004 | “ends before it begins” | 2003-12/2004-01
        November to February 2004 | “ends before it begins” | 2003-11/2004-02
        December 30, 2003 – January 2 | “ends before it begins” | 2003-12-30/2004-01-02
        30 December 2003 – 2 January | “ends before it begins” | 2003-12-30/2004-01-02
        30 December 2003 – 2 January 2004 | 2003-12-30/2004-01-02 | 2003-12-30/2004-01-02
        2003年12月30日～1月2日 | “ends before it begins” | 2003-12-30/2004-01-02
        2003年12月～1月 | “ends before it begins” | 2003-12/2004-01
        2003年12月30日至1月2日 | “ends before it begins” | 2003-12-30/2004-01-02
        2003年12月30日至次年1月2日 | “not understood” | 2003-12-30/2004-01-02
        2003年12月30日～翌年1月2日 | “not understood” | 2003-12-30/2004-01-02
        2003年12月30日～翌1月2日 | “not understood” | 2003-12-30/2004-01-02
        2003. 12. 30. ~ 1. 2. | “not understood” | 2003-12-30/2004-01-02
        2003년 12월 30일~1월 2일 | “ends before it begins” | 2003-12-30/2004-01-02
        2003년 12월 30일 ~ 이듬해 1월 2일 | “not understood” | 2003-12-30/2004-01-02
        2003년 12월 30일~다음 해 1월 2일 | “not understood” | 2003-12-30/2004-01-02
        平成15年12月30日～1月2日 | “ends before it begins” | 2003-12-30/2004-01-02
        昭和63年12月28日～1月10日 | “ends before it begins” | 1988-12-28/1989-01-10
        平成15年12月30日～16年1月2日 | 2003-12-30/2016-01-02 | 2003-12-30/2004-01-02
        5 May – 3 May 2004 | “ends before it begins” | “ends before it begins”
        10 November – 5 November 2004 | “ends before it begins” | “ends before it begins”
        30 June – 2 May 2004 | “ends before it begins” | “ends before it begins”
        2004年11月17日～8日 | “ends before it begins” | “ends before it begins”
        17–8 November 2004 | “ends before it begins” | “ends before it begins”
        2004年11月17日～11月8日 | “ends before it begins” | “ends before it begins”
    """,
    "spans as Korean offices write them": """
        2004. 11. 8.(월) ~ 11. 17. | “not understood” | 2004-11-08/2004-11-17
        2004. 11. 8.(월) ~ 11. 17.(수) | “not understood” | 2004-11-08/2004-11-17
        2004. 11. 8.(월)~17.(수) | “not understood” | 2004-11-08/2004-11-17
        2004. 11. 8. ~ 17. | “not understood” | 2004-11-08/2004-11-17
        2004.11.8~11.17 | 2004-11-08/2004-11-17 | 2004-11-08/2004-11-17
        2004. 11. ~ 12. | “not understood” | 2004-11/2004-12
        2004. 11. 8. ∼ 11. 17. | “not understood” | 2004-11-08/2004-11-17
        2004. 11. 8. 〜 11. 17. | “not understood” | 2004-11-08/2004-11-17
        2004. 11. 8. - 11. 17. | “not understood” | 2004-11-08/2004-11-17
        2004.11.8.(월)-11.17.(수) | 2004-11-08/2004-11-17 | 2004-11-08/2004-11-17
        2004년 11월 8일(월)부터 17일(수)까지 | 2004-11-08/2004-11-17 | 2004-11-08/2004-11-17
        2004년 11월 8일 ~ 동년 11월 17일 | “not understood” | 2004-11-08/2004-11-17
        2003. 12. 30. ~ 2004. 1. 2. | 2003-12-30/2004-01-02 | 2003-12-30/2004-01-02
        2004년~2006년 | 2004/2006 | 2004/2006
        2004~06년 | 2004/2006 | 2004/2006
        2004-11-08(월) ~ 11-17(수) | “not understood” | 2004-11-08/2004-11-17
        2004. 11. 8 ~ 2004. 11. 17 | 2004-11-08/2004-11-17 | 2004-11-08/2004-11-17
        2004. 11. 8.(월요일) ~ 11. 17.(수요일) | “not understood” | 2004-11-08/2004-11-17
        2004년11월8일∼17일 | “not understood” | 2004-11-08/2004-11-17
        2004년 11월 ~ 2005년 2월 | 2004-11/2005-02 | 2004-11/2005-02
        2004. 11. 8. ~ 12. | “not understood” | 2004-11-08/2004-11-12
        '04. 11. 8. ~ 11. 17. | “not understood” | “not understood”
        '97. 10. | “not understood” | “not understood”
    """,
    "Han numerals": """
        二〇〇四年十一月八日 | “not understood” | 2004-11-08
        二○○四年 | “not understood” | 2004
        二零零四年十一月 | “not understood” | 2004-11
        一九九九年五月二十一日 | “not understood” | 1999-05-21
        平成十二年九月五日 | “not understood” | 2000-09-05
        昭和六十年～六十一年 | “not understood” | 1985/1986
        二〇〇四年十一月八日至十七日 | “not understood” | 2004-11-08/2004-11-17
        一九八五～八六年 | “not understood” | 1985/1986
        一九八一年以来 | “not understood” | 1981/..
        平成十年 | “not understood” | 1998
        平成二十一年 | “not understood” | 2009
        明治四十五年 | “not understood” | 1912
        二千四年 | “not understood” | 2004
        千九百八十五年 | “not understood” | 1985
        二〇〇四年十一月廿一日 | “not understood” | 2004-11-21
        二〇〇四年十一月三十日 | “not understood” | 2004-11-30
        民国九十三年十一月 | “not understood” | 2004-11
        二00四年 | “not understood” | 2004
        二〇〇四年十三月 | “not understood” | “no month between”
        十一月八日 | “not understood” | “not understood”
        元年 | “not understood” | “not understood”
        二十四年 | “not understood” | “not understood”
    """,
    "months by name": """
        8-Nov-2004 | “not understood” | 2004-11-08
        08-NOV-2004 | “not understood” | 2004-11-08
        8/Nov/2004 | “not understood” | 2004-11-08
        8.Nov.2004 | “not understood” | 2004-11-08
        8 Nov. 2004 | 2004-11-08 | 2004-11-08
        8 November, 2004 | 2004-11-08 | 2004-11-08
        Nov-2004 | “as exactly as” | 2004-11
        2004 Nov 8 | “not understood” | 2004-11-08
        2004-Nov-08 | “not understood” | 2004-11-08
        2004, November 8 | “not understood” | 2004-11-08
        2004 November | “not understood” | 2004-11
        Sept 2004 | 2004-09 | 2004-09
        Sept. 5, 2004 | 2004-09-05 | 2004-09-05
        the 8th of November 2004 | “not understood” | 2004-11-08
        November 8th, 2004 | 2004-11-08 | 2004-11-08
        Nov 8-17 2004 | 2004-11-08/2004-11-17 | 2004-11-08/2004-11-17
        8-17 Nov 2004 | 2004-11-08/2004-11-17 | 2004-11-08/2004-11-17
        8-Nov-2004 – 17-Nov-2004 | “not understood” | 2004-11-08/2004-11-17
        8-Nov-2004 - 17-Nov-2004 | “not understood” | 2004-11-08/2004-11-17
        November 8–December 2, 2004 | 2004-11-08/2004-12-02 | 2004-11-08/2004-12-02
        8–17 of November 2004 | 2004-11-08/2004-11-17 | 2004-11-08/2004-11-17
        8 to 17 November 2004 | 2004-11-08/2004-11-17 | 2004-11-08/2004-11-17
        8th–17th November 2004 | “not understood” | 2004-11-08/2004-11-17
        from 8 November to 17 November 2004 | 2004-11-08/2004-11-17 | 2004-11-08/2004-11-17
        8 Nov 04 | “not understood” | “not understood”
        31 November 2004 | “not a valid calendar date” | “not a valid calendar date”
        29 February 2003 | “not a valid calendar date” | “not a valid calendar date”
        May/June 2004 | “not understood” | 2004-05/2004-06
        8 November | “not understood” | “not understood”
    """,
    "two ways of reading": """
        1985/6 | 1985-06 | “may be the month”
        2003/04 | 2003-04 | “may be the month”
        2003/4 | 2003-04 | “may be the month”
        1985-6 | 1985-06 | “may be the month”
        2003–04 | 2003/2004 | “may be the month”
        1985–6 | “ends before it begins” | “may be the month”
        02/01/2004 | “may be either of two days” | “may be either of two days”
        2/1/04 | “not understood” | “not understood”
        04/05/06 | “not understood” | “not understood”
        85/86 | “not understood” | “not understood”
        04-05-06 | “not understood” | “not understood”
        1/2 2004 | “not understood” | “not understood”
        200411 | “not understood” | “not understood”
        2009/10 | 2009-10 | “may be the month”
        4.5.2004 | 2004-05-04 | 2004-05-04
        1985/86 | “no month between” | 1985/1986
        1985/5 | 1985-05 | 1985-05
        2003-04 | 2003-04 | 2003-04
        5/21/1999 | 1999-05-21 | 1999-05-21
        2004/11/8 | 2004-11-08 | 2004-11-08
        2004-11-08/17 | “ends before it begins” | 2004-11-08/2004-11-17
        1999/00 | “no month between” | 1999/2000
        03-04-2004 | “not understood” | “may be either of two days”
        2011–12 | 2011/2012 | “may be the month”
    """,
    "what is no date of ours": """
        2004年11月8日から10日間 | 2004-11-08/2004-11-10 | “not understood”
        2004년 11월 8일부터 10일간 | “not understood” | “not understood”
        8 November 2004 for 3 days | “not understood” | “not understood”
        2004年11月から3か月 | “not understood” | “not understood”
        2004年11月から3ヶ月間 | “not understood” | “not understood”
        2004年から3年間 | “not understood” | “not understood”
        2004年11月8日起3天 | “not understood” | “not understood”
        自2004年起三年 | “not understood” | “not understood”
        2004年11月上旬 | “not understood” | “not understood”
        2004年春 | “not understood” | “not understood”
        spring 2004 | “not understood” | “not understood”
        early 2004 | “not understood” | “not understood”
        2004年末 | “not understood” | “not understood”
        2004年底 | “not understood” | “not understood”
        2004年上半年 | “not understood” | “not understood”
        2004 or 2005 | “not understood” | “not understood”
        2004年または2005年 | “not understood” | “not understood”
        2004, 2006 | “not understood” | “not understood”
        2004年、2006年 | “not understood” | “not understood”
        8 and 17 November 2004 | “not understood” | “not understood”
        2004年11月8日、17日 | “not understood” | “not understood”
        2004년 말 | “not understood” | “not understood”
        before 2004 | “not understood” | “not understood”
        2004年より前 | “not understood” | “not understood”
        2004년 이전 | “not understood” | “not understood”
        not 2004 | “not understood” | “not understood”
        2004年11月8日 10:00 | “not understood” | “not understood”
        2004-11-08T10:00 | “not understood” | “not understood”
        8 Nov 2004 8 Nov 2005 | “not understood” | “not understood”
        2004年2月30日 | “not a valid calendar date” | “not a valid calendar date”
        2004年13月 | “no month between” | “no month between”
        2004-00-10 | “no month between” | “no month between”
        0000 | “not understood” | “not in a year between”
        99999 | “not understood” | “not understood”
        2004–2003 | “ends before it begins” | “ends before it begins”
        2004-W46 | “not understood” | “not understood”
        1980s | 198X | 198X
        1980年代 | 198X | 198X
        1980년대 | 198X | 198X
        80年代 | “not understood” | “not understood”
        20th century | “not understood” | “not understood”
    """,
    "dashes and steps": """
        2004年11月8日ー17日 | “not understood” | 2004-11-08/2004-11-17
        2004年8至10月 | 2004-08/2004-10 | 2004-08/2004-10
        2004年8—10月 | 2004-08/2004-10 | 2004-08/2004-10
        2004年8～10月 | 2004-08/2004-10 | 2004-08/2004-10
        2004年11月8日—11月17日 | 2004-11-08/2004-11-17 | 2004-11-08/2004-11-17
        2004年11月8日到17日 | 2004-11-08/2004-11-17 | 2004-11-08/2004-11-17
        从2004年11月8日到11月17日 | 2004-11-08/2004-11-17 | 2004-11-08/2004-11-17
        2004.11.8—17 | 2004-11-08/2004-11-17 | 2004-11-08/2004-11-17
        2004/11/8-11/17 | 2004-11-08/2004-11-17 | 2004-11-08/2004-11-17
        2004-11-8至2004-11-17 | 2004-11-08/2004-11-17 | 2004-11-08/2004-11-17
        2004年11月8号到17号 | 2004-11-08/2004-11-17 | 2004-11-08/2004-11-17
        ２００４．１１．８ | 2004-11-08 | 2004-11-08
        2004年1月－3月 | 2004-01/2004-03 | 2004-01/2004-03
        2004年11月8日−17日 | 2004-11-08/2004-11-17 | 2004-11-08/2004-11-17
        20041108 | “not understood” | 2004-11-08
        2004년 8~10월 | 2004-08/2004-10 | 2004-08/2004-10
        2004年11月8日~17日 | 2004-11-08/2004-11-17 | 2004-11-08/2004-11-17
        2004年~2006年 | 2004/2006 | 2004/2006
        2004~2006 | 2004/2006 | 2004/2006
    """,
    "thought of after": """
        2004年11月8日から15日 | 2004-11-08/2004-11-15 | “not understood”
        2004年11月8日から15日まで | 2004-11-08/2004-11-15 | 2004-11-08/2004-11-15
        2004年11月8日から3日 | “ends before it begins” | “not understood”
        平成12年から15年 | 2000/2015 | “not understood”
        H12～15 | “not understood” | “not understood”
        H12.9～13.3 | “not understood” | 2000-09/2001-03
        平成12.9～13.3 | “not understood” | 2000-09/2001-03
        昭和60・61年 | “not understood” | “not understood”
        平成9年・10年 | “not understood” | “not understood”
        昭和60年、61年 | “not understood” | “not understood”
        S60-61 | “not understood” | 1985/1986
        昭和60～61 | “not understood” | 1985/1986
        昭和六〇年 | “not understood” | 1985
        昭和60年(1985年)～61年 | “not understood” | 1985/1986
        1985年(昭和60年)～1986年(昭和61年) | “not understood” | 1985/1986
        平成元年（1989）11月 | “not understood” | 1989-11
        令和2-4年 | “not understood” | 2020/2022
        2004.11-12 | 2004-11-12 | 2004-11/2004-12
        2004.11–2005.2 | 2004-11/2005-02 | 2004-11/2005-02
        2004-11 – 2005-02 | 2004-11/2005-02 | 2004-11/2005-02
        2004/11/8 – 11/17 | 2004-11-08/2004-11-17 | 2004-11-08/2004-11-17
        2004/11/08～17 | 2004-11-08/2004-11-17 | 2004-11-08/2004-11-17
        2004年 11 月 8 日 | “not understood” | 2004-11-08
        2004년 11월 8일(월) ~ 2004년 11월 17일(수) | 2004-11-08/2004-11-17 | 2004-11-08/2004-11-17
        2004. 11. 8(월)∼11. 17(수) | “not understood” | 2004-11-08/2004-11-17
        2004.11.08.~11.17. | 2004-11-08/2004-11-17 | 2004-11-08/2004-11-17
        2004. 11. 8.(월) 10:00 | “not understood” | “not understood”
        2004. 11. 8.(월) ~ 11. 17.(수), 10일간 | “not understood” | “not understood”
        2004년 11월 초 | “not understood” | “not understood”
        2004년 8월말 | “not understood” | “not understood”
        2004年11月8日（予定） | “not understood” | “not understood”
        8 November 2004 (planned) | “not understood” | “not understood”
        about 12–16 November 2019 | 2019-11-12~/2019-11-16~ | 2019-11-12~/2019-11-16~
        mid-November 2004 | “not understood” | “not understood”
        Nov 2004? | 2004-11? | 2004-11?
        November 2004 – ? | “not understood” | “not understood”
        ? – November 2004 | “not understood” | “not understood”
        2004年11月 – 未定 | “not understood” | “not understood”
        from 2003 to present | “not understood” | 2003/..
        from January 2003 to date | “not understood” | 2003-01/..
        2003年1月～至今 | “not understood” | 2003-01/..
        2000年11月以来至今 | “not understood” | 2000-11/..
        自2000年11月起至今 | “not understood” | 2000-11/..
        2000년 11월부터 지금까지 | “not understood” | 2000-11/..
        1981년 이후 현재까지 | “not understood” | 1981/..
        2003年以前 | “not understood” | “not understood”
        2003年まで | ../2003 | ../2003
        until 2003 | ../2003 | ../2003
        2003 and 2004 | “not understood” | “not understood”
        winter 2003/04 | “not understood” | “not understood”
        2003/2004 | 2003/2004 | 2003/2004
        2003/2004年度 | “not understood” | “not understood”
        FY2004 | “not understood” | “not understood”
        2004-05 academic year | “not understood” | “not understood”
        11-8-2004 | “not understood” | “may be either of two days”
        13-8-2004 | “not understood” | 2004-08-13
        8.11.2004–17.11.2004 | 2004-11-08/2004-11-17 | 2004-11-08/2004-11-17
        8.–17.11.2004 | “not understood” | 2004-11-08/2004-11-17
        8.11.–17.11.2004 | 2004-08-11/2004-11-17 | 2004-11-08/2004-11-17
        8/11–17/11/2004 | “not understood” | 2004-11-08/2004-11-17
        1.–3. May 2004 | “not understood” | 2004-05-01/2004-05-03
        Sat 30 December – Tue 2 January 2004 | “not understood” | “is a Tuesday”
        Tue 30 December – Fri 2 January 2004 | “not understood” | 2003-12-30/2004-01-02
        Tue 30 Dec 2003 – Fri 2 Jan 2004 | “not understood” | 2003-12-30/2004-01-02
        December 30–January 2, 2004 | “ends before it begins” | 2003-12-30/2004-01-02
        Dec 2003 – Jan | “ends before it begins” | 2003-12/2004-01
        Dec – Jan | “not understood” | “not understood”
        28 February – 1 March 2004 | 2004-02-28/2004-03-01 | 2004-02-28/2004-03-01
        29 February – 1 March 2003 | “not a valid calendar date” | “not a valid calendar date”
        31 Dec – 1 Jan 2000 | “ends before it begins” | 1999-12-31/2000-01-01
        October 2003 – March | “ends before it begins” | 2003-10/2004-03
        October – April 2004 | “ends before it begins” | “ends before it begins”
        昭和63年12月～平成元年1月 | 1988-12/1989-01 | 1988-12/1989-01
        民國93年11月至12月 | “not understood” | 2004-11/2004-12
        民国113年5月 | “not understood” | 2024-05
        民國九十三年十一月八日 | “not understood” | 2004-11-08
        2004年11月8日（月）～17日（水） | 2004-11-08/2004-11-17 | 2004-11-08/2004-11-17
        ２００４年１１月８日（月）～１７日（水） | 2004-11-08/2004-11-17 | 2004-11-08/2004-11-17
        二〇〇三年十二月三十日至二〇〇四年一月二日 | “not understood” | 2003-12-30/2004-01-02
        二〇〇三年十二月三十日至次年一月二日 | “not understood” | 2003-12-30/2004-01-02
        一九八五年至一九八六年 | “not understood” | 1985/1986
        二〇〇四年十一月八日（星期一） | “not understood” | 2004-11-08
        二〇〇四年十一月八日（星期二） | “not understood” | “is a Monday”
        平成十六年十一月八日（月） | “not understood” | 2004-11-08
        五月 | “not understood” | “not understood”
        2004年の11月 | “not understood” | “not understood”
        2004年11月の8日 | “not understood” | “not understood”
        1999 May | “not understood” | 1999-05
        May 99 | “not understood” | “not understood”
        May '99 | “not understood” | “not understood”
        Mai 2004 | “not understood” | “not understood”
        8 novembre 2004 | “not understood” | “not understood”
        8 Nov 2004 AD | “not understood” | “not understood”
        the year 2004 | “not understood” | “not understood”
        in 2004 | “not understood” | “not understood”
        year 2004 | “not understood” | “not understood”
        2004年中 | “not understood” | “not understood”
        2004 (?) | “not understood” | “not understood”
        (2004) | “not understood” | “not understood”
        [2004] | “not understood” | “not understood”
        [2004?] | “not understood” | “not understood”
        c2004 | “not understood” | “not understood”
        ©2004 | “not understood” | “not understood”
        2004 c. | “not understood” | 2004~
        ca.2004 | 2004~ | 2004~
        2004頃～2006年 | 2004~/2006 | 2004~/2006
        around May 2004 | 2004-05~ | 2004-05~
        1980s–1990s | 198X/199X | 198X/199X
        late 1980s | “not understood” | “not understood”
        1980年代後半 | “not understood” | “not understood”
        昭和60年代 | “not understood” | “not understood”
        1980年代～ | 198X/.. | 198X/..
        80s | “not understood” | “not understood”
        明治5年 | 1872 | 1872
        明治5年12月3日 | 1872-12-03 | “before 1873”
        明治6年1月1日 | 1873-01-01 | 1873-01-01
        大正15年12月25日 | 1926-12-25 | 1926-12-25
        昭和元年12月25日 | 1926-12-25 | 1926-12-25
        大正15年12月26日 | 1926-12-26 | “does not exist”
        平成元年1月8日 | 1989-01-08 | 1989-01-08
        2020-XX-28 (Tue) | “not understood” | “not understood”
        the Tuesday 28th of some month of 2020 | “not understood” | “not understood”
        2019-11-31 | “not a valid calendar date” | “not a valid calendar date”
        0999 | 0999 | 0999
        999 | “not understood” | “not understood”
        2004.13 | “no month between” | “no month between”
        2004. 1. 1.부터 12. 31.까지 | “not understood” | 2004-01-01/2004-12-31
        2004. 1. 1. ~ 12. 31. | “not understood” | 2004-01-01/2004-12-31
        2004.1~2004.12 | 2004-01/2004-12 | 2004-01/2004-12
        2004~2005년 | 2004/2005 | 2004/2005
        2004–5 | 2004/2005 | “may be the month”
        2004–05–06 | “not understood” | “not understood”
        04-11-08 | “not understood” | “not understood”
        2004' | “not understood” | “not understood”
        2004年11月08日 | 2004-11-08 | 2004-11-08
        2004年0月 | “no month between” | “no month between”
        30th Dec 2003 to 2nd Jan 2004 | 2003-12-30/2004-01-02 | 2003-12-30/2004-01-02
        30 of December 2003 to 2 of January 2004 | 2003-12-30/2004-01-02 | 2003-12-30/2004-01-02
        Thursday 30 December – Sunday 2 January 2005 | “not understood” | 2004-12-30/2005-01-02
        2004‐11‐08 | 2004-11-08 | 2004-11-08
        2004–11–08 | “not understood” | “not understood”
        2004—11—08 | “not understood” | “not understood”
        2004。11。8 | “not understood” | “not understood”
        2004,11,8 | “not understood” | “not understood”
        8,11,2004 | “not understood” | “not understood”
        2004年11月八日 | “not understood” | 2004-11-08
        丙午 | “not understood” | “not understood”
        令和八年 | “not understood” | 2026
        令和8年～9年 | “not understood” | 2026/2027
        令和8年11月～9年3月 | “not understood” | 2026-11/2027-03
        平成31年4月～令和元年5月 | 2019-04/2019-05 | 2019-04/2019-05
        平成31年～2年 | “not understood” | “ends before it begins”
        2018年～令和2年 | 2018/2020 | 2018/2020
        2004年11月8日,9日 | “not understood” | “not understood”
        2004年11月8日および9日 | “not understood” | “not understood”
        2004년 11월 8일, 9일 | “not understood” | “not understood”
        2004年11月8・9日 | “not understood” | “not understood”
        11月8日～17日 | “not understood” | “not understood”
        2004 to 2006 or so | “not understood” | “not understood”
    """,
}
ROWS: Final = [
    tuple(part.strip() for part in line.split("|")) for lines in KINDS.values() for line in lines.strip().splitlines()
]


@pytest.mark.parametrize(("typed", "before", "now"), ROWS)
def test_a_typed_date_is_what_it_says_or_is_refused(typed: str, before: str, now: str) -> None:
    if not now.startswith("“"):
        assert as_typed(typed) == now
        return
    with pytest.raises(Refused, match=now.strip("“”")):
        as_typed(typed)


def test_the_table_holds_what_was_wrong_before() -> None:
    stored_wrongly = [typed for typed, before, now in ROWS if before != now and not before.startswith("“")]
    assert len(stored_wrongly) > 40


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "-" * 2000,
            "(" * 2000,
            " " * 100_000,
            "9" * 5000,
            "平成" * 1000,
            "一" * 3000,
            "\u200b" * 50_000,
            "a" * 10_000_000,
        ),
        *(
            "-" * MOST,
            "1-" * 50,
            "1 - " * 25,
            "2004~" * 20,
            "から" * 50,
            "between " * 12,
            "8 " * 50,
            "(月)" * 33,
            "\ufdfa" * MOST,
        ),
        "二約～ ,to from ( 至2004翌年(から–between xbetween 二–日翌年8",
    ],
    ids=lambda typed: f"{typed[:6]} {len(typed)}",
)
def test_a_typed_date_of_any_length_is_answered_within_two_milliseconds(typed: str) -> None:
    took = []
    for _ in range(5):
        began = time.perf_counter()
        with pytest.raises(Refused) as refused:
            as_typed(typed)
        str(refused.value)
        took.append(time.perf_counter() - began)
    assert min(took) < 0.002


def test_a_text_too_long_for_a_date_is_told_how_long_a_date_is() -> None:
    with pytest.raises(Refused) as refused:
        as_typed("2004 " * 30)
    assert str(refused.value) == ("A date has at most 100 characters; this has 150. Put the rest in a note.")


@pytest.mark.parametrize("written", ["2004" + "/" * 2000, "9" * 5000, "2004-11-08/" * 500])
def test_a_record_holds_no_date_longer_than_dates_are(written: str) -> None:
    with pytest.raises(Refused) as refused:
        Edtf(written)
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    "typed", ["\u200e2004\u200e年\u200e11月\u200e8日", "\u202a2004-11-08\u202c", "2004\u200b-11-8"]
)
def test_marks_of_direction_copied_along_with_a_date_say_nothing(typed: str) -> None:
    assert as_typed(typed) == "2004-11-08"


def test_what_is_ambiguous_is_asked_with_both_readings() -> None:
    with pytest.raises(Refused) as refused:
        as_typed("1985/6")
    assert str(refused.value) == (
        "“1985/6” may be the month 1985-06 or the years 1985–1986; write it like one of these."
    )


def test_an_era_that_had_ended_is_told_with_its_days() -> None:
    with pytest.raises(Refused) as refused:
        as_typed("平成9年～33年")
    assert str(refused.value) == (
        "“平成33年” does not exist: 平成 ran from 1989-01-08 to 2019-04-30. Write the era of that day, or the year as "
        "in 1999."
    )
