// Conditions that shut out firms in other words than the plainest: by the county of a place, by an exception, by taxes
// that were paid, by an office's approval.

extension ReviewTests {
  static let asked: [Sample] = [
    Sample(
      name: "its county is here",
      rule: "for each agency\n  where county of district = 350112\n  pay agency 1000 yuan on 2022-06-01",
      kinds: [.registered]),
    Sample(
      name: "all but those from elsewhere",
      rule: """
        for each enterprise
          where (size = small) except (not (district within home)) governed by "other"
          pay enterprise 1000 yuan on 2022-06-01
        """, kinds: [.registered]),
    Sample(
      name: "taxes were paid",
      rule: "for each bill\n  where tax_paid >= 10,000 yuan\n  pay enterprise 1000 yuan on paid_on",
      kinds: [.taxAsked],
      before: """
        list bills, each a bill
          title "Bills" zh "税单"
          field id text required
          field enterprise reference to enterprises required
          field tax_paid money required label "纳税额" "tax paid" zh "缴纳税款"
          field paid_on date required

        """),
    Sample(
      name: "approved by an office", rule: "for each hire\n  where approved\n  pay enterprise 1000 yuan on start",
      kinds: [.chosen],
      before: """
        list hires, each a hire
          field approved bool default false label "局核定" "approved by the bureau" zh "经区人社局认定"

        """),
  ]
}
