"""An invented notice, and one that amends it."""

NOTICE = """Improvement Notice

To: Harbourshire Council

This Improvement Notice is issued to Harbourshire Council on 2 March 2026 following the inspection report published by Ofsted on 14 January 2026, which judged services to be 'inadequate'.

1. The following measures are needed to comply with this Notice.

The board

2. The Council must keep an improvement board with an independent chair.
 a. The board is expected to meet at least every six weeks.
 b. The Council must report to the board on progress at each meeting.

Reports

3. The board chair must provide a written progress report to the Minister in June 2026 and every two boards thereafter.
4. The Council must provide regular reports on staffing to the board.
5. The Council should aim for its plan to be delivered within 12 months of the date of this Notice.

Reviews

6. The Department for Education will review progress at least every six months until this notice is lifted.
7. The Council must submit a self-assessment to the Department two weeks before each review.

Signed: A Minister
Minister for Harbours
"""

AMENDED = (
    NOTICE.replace("on 2 March 2026", "on 1 July 2026")
    .replace("every six weeks", "every four weeks")
    .replace(
        "4. The Council must provide regular reports on staffing to the board.",
        "4. The Council must provide an audit of case files to the board every three months.",
    )
)
