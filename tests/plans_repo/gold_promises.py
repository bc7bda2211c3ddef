"""What the demo plans and twelve plans of strangers promise: target | minutes | counted from | clause, read by hand."""

from __future__ import annotations

DEMO = {
    "qingchuan-flood": """
F2-limit | 30 | alarm | 五（三）
F3-limit | 30 | F1 | 三（四）
F4-limit.office_hours | 30 | F2 | 五（四）
F4-limit.off_hours | 60 | F2 | 五（四）
F6-limit | 15 | F1 | 六（三）
F7-vulnerable | 360 | alarm | 六（四）
F7-share | 120 | alarm | 六（四）
F5-report | 30 | F5 | 六（二）
F8-expert | 60 | F5r | 六（二）
F7-buses | 120 | F6 | 六（四）
F9-arrive | 60 | F9c | 六（五）
F10-limit | 600 | clock:water | 六（六）
F11-limit.grade_ordinary | 120 | alarm | 四（一）
F11-limit.grade_considerable-grade_major-grade_exceptional | 30 | alarm | 四（一）
F13-limit.grade_major-grade_exceptional | 300 | alarm | 六（十）
""",
    "qingchuan-building-fire": """
U2-limit | 1.5 | U2a | 5.1.1
U3-unit | 1 | U1 | 6.1.1
U3-neighbour | 3 | U1 | 6.1.1
U4-out | 1 | U2 | 6.2.1
U4-first | 5 | U2 | 6.2.1
U5-limit | 3.5 | U4f | 6.3.1
U7-limit.L5-L4-L3-L2-urban | 15 | U2 | 6.5.1
U7-limit.L5-L4-L3-L2-rural | 30 | U2 | 6.5.1
U8-limit.L5-L4-L3-office_hours | 30 | U6 | 6.6
U8-limit.L5-L4-L3-off_hours | 60 | U6 | 6.6
U11-county | 20 | U2 | 5.2.1
U11-city.grade_ordinary | 120 | U11a | 5.2.2
U11-city.grade_considerable-grade_major-grade_exceptional | 30 | U11a | 5.2.2
U11-word.grade_major-grade_exceptional | 300 | alarm | 6.10
U11-press.grade_major-grade_exceptional | 1440 | alarm | 6.10
U1-limit | 2 | U1a | 5.1.2
U12-limit | 600 | alarm | 7.2
""",
    "shiling-coal-mine": """
G1-limit | 3 | G1a | 五（六）1
G2-share | 30 | G2a | 五（六）2
G3a-limit | 30 | G1a | 五（六）3
G4-limit | 5 | G1a | 五（六）4
G6-limit | 10 | G1a | 四（一）2
G6b-limit | 30 | G6 | 四（一）3
G7-turnout | 1 | G4 | 五（六）7
G7-foot | 2 | G4 | 五（六）7
G7-site | 30 | G7a | 五（六）7
G8-limit | 60 | G6 | 五（五）1
G11-limit | 3 | G4 | 五（六）11
G12-limit.grade_considerable | 120 | alarm | 五（六）12
G12-limit.grade_major-grade_exceptional | 300 | alarm | 五（六）12
G9g-limit | 20 | G9s | 五（六）8
G9p-limit | 30 | G8 | 五（六）9
G9-limit | 60 | G8 | 五（六）9
W2-limit | 10 | G1a | 五（七）2
W5-limit | 1440 | alarm | 五（七）5
W3-limit | 60 | G3.water_inrush | 五（七）3
W4c-limit | 30 | W3 | 五（七）4
W4-limit | 360 | W3 | 五（七）4
W5-fit | 960 | W4f | 五（七）5
W6-open | 1440 | W4c | 五（七）6
W6-limit | 3600 | W6o | 五（七）6
""",
    "shiling-forest-fire": """
S1-limit | 120 | alarm | 3.2.2
S2-limit | 30 | S1 | 4.2.3
S3-limit | 60 | S1 | 5.1.1
S4-out | 10 | S4a | 5.5.1
S4-limit | 60 | S4a | 5.5.1
S6-county | 360 | alarm | 5.6.1
S6-head | 720 | alarm | 5.6.1
S6-city | 1080 | alarm | 5.6.1
S7-margin | 60 | alarm | 5.8.2
S8-limit | 1440 | alarm | 5.9.2
S10-limit | 720 | S8a | 5.11.1
S12-limit | 60 | S8 | 4.2.5
S7o-limit | 15 | S5 | 5.8.1
S7v-limit | 60 | S7o | 5.8.3
S9o-limit | 30 | S5 | 5.10.1
S9a-limit | 120 | S9o | 5.10.1
S10-first | 180 | S4a | 5.11.2
""",
    "shiling-mine-site": """
G1-limit | 3 | G1a | 第十五条
G2-share | 30 | G2a | 第十八条
G3a-limit | 30 | G1a | 第二十条
G4-limit | 5 | G1a | 第十六条
G6-limit | 10 | G1a | 第十七条
""",
}

STRANGE = {
    "nanxi-flood": """
F2-limit | 20 | alarm | 第十条
F3-limit | 40 | F1 | 第八条
F4-limit.L4-L3-L2 | 45 | F2 | 第十一条
F6-limit | 20 | F1 | 第十四条
F7-vulnerable | 240 | alarm | 第十五条
F7-share | 90 | alarm | 第十五条
F8-expert | 90 | F5r | 第十三条
F9-arrive | 45 | F9c | 第十六条
F10-limit | 720 | clock:water | 第十七条
F11-limit | 60 | alarm | 第十九条
""",
    "dongzhou-flood": """
F2-limit | 60 | alarm | 4.2
F3-limit | 30 | F1 | 3.2
F4-limit.L4-L3-L2 | 60 | F2 | 4.3
F7-vulnerable | 180 | alarm | 5.2.2
F7-share | 60 | alarm | 5.2.2
F5-report | 20 | F5 | 6.1
F8-expert | 120 | F5r | 5.1
F10-limit | 480 | clock:water | 5.4
F11-limit.grade_ordinary-grade_considerable | 120 | alarm | 6.2
F11-limit.grade_major-grade_exceptional | 30 | alarm | 6.2
F13-limit.grade_major-grade_exceptional | 300 | alarm | 6.3
""",
    "luogang-flood": """
F2-limit | 30 | alarm | 三（二）
F3-limit | 30 | F1 | 四（一）
F4-limit.day | 30 | F2 | 三（三）
F4-limit.night | 60 | F2 | 三（三）
F6-limit | 15 | F1 | 五（一）
F7-vulnerable | 300 | alarm | 五（二）
F7-share | 120 | alarm | 五（二）
F5-report | 30 | F5 | 六（一）
F8-expert | 60 | F5r | 六（二）
F9-arrive | 60 | F9c | 六（三）
F10-limit | 600 | F10 | 七
F11-limit | 60 | alarm | 八
""",
    "chiyan-gas": """
G1-limit | 5 | G1a | 五（一）
G3a-limit | 40 | G1a | 五（一）
G4-limit | 10 | alarm | 五（一）
G6-limit | 60 | G1a | 三
G6b-limit | 60 | G6 | 三
G7-turnout | 1 | G4 | 五（二）
G7-site | 40 | G4 | 五（二）
G8-limit | 90 | G6 | 五（三）
G11-limit | 5 | G4 | 五（二）
G12-limit | 240 | alarm | 五（五）
G9-entry | 60 | G7x | 五（四）
""",
    "qingshi-water": """
G1-limit | 2 | G1a | 4.2
W2-limit | 20 | G1 | 4.3
G3-limit | 60 | G1a | 4.4
G4-limit | 15 | G1a | 4.5
G6-limit | 30 | alarm | 3.1
G6b-limit | 60 | G6 | 3.2
G7-turnout | 1 | G4 | 5.1
G7-site | 30 | G7a | 5.1
G8-limit | 60 | G6 | 5.2
G11-limit | 3 | G4 | 5.6
G12-limit | 300 | alarm | 6
W5-limit | 1200 | alarm | 5.3.2
W6-limit | 3600 | alarm | 5.4
W8d-limit | 4320 | alarm | 5.3.3
W8-entry | 30 | W8d | 5.5
""",
    "heishan-mine": """
G1-limit | 3 | G1a | 第七条
G3a-limit | 30 | alarm | 第八条
G3-limit | 60 | alarm | 第八条
G4-limit | 10 | G1a | 第九条
G6-limit | 15 | alarm | 第三条
G6b-limit | 30 | G6 | 第四条
G7-turnout | 1 | G4 | 第十一条
G7-site | 30 | G4 | 第十一条
G8-limit | 60 | G6 | 第十二条
G11-limit | 3 | G4 | 第十四条
G12-limit | 180 | alarm | 第十六条
W2-limit | 15 | G1a | 第十条
G3-limit.water_inrush | 60 | alarm | 第八条
G12-limit.water_inrush | 180 | alarm | 第十六条
W5-limit | 1800 | alarm | 第十五条
""",
    "tieshan-unit": """
G1-limit | 2 | G1a | 2.1
G3a-limit | 20 | G1a | 2.4
G3-limit | 90 | G1a | 2.4
G4-limit | 5 | G1 | 2.2
G6-limit | 30 | G1a | 2.3
G7-turnout | 1 | G4 | 2.5
G11-limit | 5 | G4 | 2.7
G12-limit | 300 | alarm | 2.8
G9-entry | 40 | G7x | 2.5
W2-limit | 10 | G1 | 2.6
G3-limit.water_inrush | 90 | G1a | 2.4
G12-limit.water_inrush | 300 | alarm | 2.8
W5-limit | 1440 | alarm | 2.6
W5-fit | 720 | W4f | 2.6
""",
    "anhe-building": """
U2-limit | 1 | U2a | 第六条
U3-unit | 2 | U1 | 第七条
U3-neighbour | 5 | U1 | 第七条
U4-out | 0.75 | U2 | 第九条
U4-first | 7 | U2 | 第九条
U4-full | 12 | U2 | 第九条
U5-limit | 4 | U4f | 第十条
U6-limit | 8 | U4f | 第十一条
U7-limit | 20 | U2 | 第十二条
U8-limit.L5-L4-L3 | 40 | U6 | 第五条
U11-county | 30 | U2 | 第十四条
U11-city | 60 | U11a | 第十五条
U11-word.grade_considerable-grade_major-grade_exceptional | 300 | alarm | 第十六条
U11-press.grade_considerable-grade_major-grade_exceptional | 1440 | alarm | 第十六条
U7-ambulance | 5 | U2 | 第十三条
""",
    "linjiang-fire": """
U2-limit | 1.33333 | U2a | 3.1
U3-unit | 1 | U1 | 3.3
U3-neighbour | 3 | U1 | 3.3
U4-out | 1 | U2 | 4.1
U4-first | 5 | U2 | 4.1
U5-limit | 3 | U4f | 4.2
U6-limit | 5 | U5r | 4.3
U7-limit.urban | 15 | U2 | 4.4
U7-limit.rural | 30 | U2 | 4.4
U8-limit | 60 | U6 | 4.5
U11-county | 30 | alarm | 5.1
U11-city | 120 | U11a | 5.2
U11-word | 300 | alarm | 5.3
U1-limit | 3 | U1a | 3.2
U12-limit | 720 | alarm | 6.1
""",
    "xinghu-building": """
U2-limit | 1 | U2a | 二（三）
U3-unit | 3 | U1 | 二（二）
U3-neighbour | 5 | U1 | 二（二）
U4-out | 1 | U2 | 三（一）
U4-first | 8 | U2 | 三（一）
U5-limit | 5 | U4f | 三（二）
U6-limit | 10 | U4f | 三（三）
U7-limit | 25 | U2 | 三（四）
U8-limit | 45 | U6 | 三（五）
U11-county | 20 | U2 | 四（一）
U11-city | 120 | U11a | 四（二）
U11-word | 360 | alarm | 四（三）
U11-press | 1440 | alarm | 四（三）
U1-limit | 1.5 | U1a | 二（一）
U7-ambulance | 3 | U2 | 三（四）
U12-limit | 600 | alarm | 五
""",
    "yuntai-forest": """
S1-limit | 60 | alarm | 三（一）
S2-limit | 20 | S1 | 三（二）
S3-limit | 40 | S1 | 五（一）
S4-out | 8 | S4a | 五（二）
S4-limit | 90 | S4a | 五（二）
S6-county | 360 | alarm | 五（三）
S6-head | 720 | alarm | 五（三）
S6-city | 1080 | alarm | 五（三）
S7-margin | 120 | alarm | 五（四）
S8-limit | 1440 | alarm | 五（六）
S9-air | 240 | S9o | 五（七）
S12-limit | 120 | S8 | 五（十）
""",
    "baisha-forest": """
S1-limit | 90 | alarm | 第三条
S2-limit | 30 | S1 | 第五条
S3-limit | 45 | S1 | 第六条
S4-out | 15 | S4a | 第七条
S4-limit | 90 | S4a | 第七条
S6-county | 360 | alarm | 第八条
S6-head | 720 | alarm | 第八条
S7-margin | 90 | alarm | 第九条
S8-limit | 1440 | alarm | 第十一条
S12-limit | 90 | S8 | 第十五条
S7o-limit | 15 | S5 | 第九条
S7v-limit | 40 | S7o | 第九条
S9o-limit | 20 | S5 | 第十条
S9a-limit | 60 | S9o | 第十条
S10-first | 240 | S4a | 第十三条
""",
}

MISSED = {
    "nanxi-flood": "F5-report | 20 | F5 | 第十三条",
    "heishan-mine": "W6-limit | 7200 | alarm | 第十五条",
    "yuntai-forest": "S10-limit | 600 | S8a | 五（八）",
    "baisha-forest": "S10-limit | 600 | S8a | 第十二条",
}
"""Promises of these texts with a target in the template that are not found: a limit in days, shifts, no 后."""

ORDERS = {
    "qingchuan-flood": """
三（三）: F1
五（三）: F2
三（四）: F3 F3b F3c
五（四）: F4
六（一）: F5
六（二）: F5r F8a F8
六（三）: F6 F6n
六（四）: F7v F7a F7p F7b F7c F7d F7
六（五）: F9c F9a F9
六（六）: F10 F10s F10k
四（一）: F11
六（十）: F13
六（十一）: F12
""",
    "qingchuan-building-fire": """
5.1.2: U1a U1 U3b
5.1.1: U2a U2
6.1.1: U3a U3n U3
6.1.2: U3s U3p U3c U3d U3e U3x
6.2.1: U4a U4o U4 U4f
6.3.1: U5r U5c U5 U5s
6.9: U5t
6.4.1: U6 U6c
6.4.2: U6b
6.5.1: U7e U7g U7m U7t U7o U7a U7
6.6: U8
6.7.1: U9 U9n
6.8.1: U10
6.8.3: U10k
6.8.2: U10c
5.2.1: U11a
5.2.2: U11b
6.10: U11p U11q
7.1: U12
7.2: U12h
7.3: U12i
""",
    "shiling-coal-mine": """
五（六）1: G1a G1 G1n
四（一）1: G2f
五（六）2: G2w G2a G2 G2r G2s G2x
五（六）3: G3a G3
五（六）4: G4
五（六）5: G5 G12a
四（一）2: G6
四（一）3: G6b
五（六）7: G7a G7f G7s G7
五（六）8: G7x G9s G9g
五（五）1: G8
五（五）3: G8c G8d
五（六）9: G9p G9
五（六）10: G10i G10a G10n G10
五（九）1: G10k G10s W8k
五（六）11: G11a G11t G11e G11
五（六）12: G12f G12
五（七）1: W1 G2x.water_inrush
六（一）: G12f.water_inrush
五（十一）: G12.water_inrush
五（七）2: W2
五（七）3: W3
五（七）4: W4c W4 W4f
五（七）5: W5 W5f
五（七）6: W6d W6r W6s W6b W6o W6 W6x W6c
五（七）7: W7
五（七）8: W8d W8g W8a W8e
五（八）2: W8 W8t
""",
    "shiling-forest-fire": """
3.2.2: S1
4.2.3: S2
5.1.1: S3a S3t S3 S3s
5.3.1: S4a
5.5.1: S4o S4t S4 S4f
5.7.1: S5d S5
5.6.1: S6t S6 S6b S6c
5.6.2: S6h
5.8.1: S7o
5.8.2: S7n S7a S7b S7w S7
5.8.3: S7v S7s
5.8.5: S7p
5.10.1: S9e S9o S9a S9t S9
5.9.1: S8a
5.9.2: S8
5.10.3: S9h
5.11.2: S10 S10f
5.11.1: S10w S10r
5.12.1: S11c
5.12.2: S11w
5.12.3: S11
4.2.5: S12r
5.13: S12
""",
    "shiling-mine-site": """
第十五条: G1 G1n
第十四条: G2f G2a G2
第十八条: G2r G2s
第二十条: G3a G3
第十六条: G4
第二十三条: G5
第十七条: G6
第二十五条: G8h
第二十六条: G11e G11
第二十二条: G12a
第二十七条: G12f
""",
}
"""Which tasks each clause orders; those not listed the text does not order."""
