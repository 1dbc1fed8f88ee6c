// Conditions that shut out firms in other words than the plainest: by the county of a place, by an exception, by taxes
// that were paid, by an office's approval; and conditions on facts of a document's own, which are not judged.

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

  private static func own(_ fields: String) -> String {
    "list enterprises, each an enterprise\n" + fields.split(separator: "\n").map { "  \($0)\n" }.joined() + "\n"
  }

  private static let suppliers = """
    list suppliers, each a supplier
      title "Designated suppliers" zh "指定供应商"
      field id text required label "编号"
      field designated bool default false label "入围"
      field of_firm reference to enterprises label "企业"


    """

  /// What a document declares of firms, and asks.
  static let unjudged: [Sample] = [
    Sample(
      name: "yes or no", rule: "for each hire\n  where enterprise.owner_local\n  pay enterprise 100 yuan on start",
      kinds: [], before: own("field owner_local bool default false label \"本地控股\" \"owned by residents\" zh \"本地控股\"")),
    Sample(
      name: "a choice", rule: "for each enterprise\n  where owner is local\n  pay enterprise 100 yuan on 2022-06-01",
      kinds: [],
      before: own(
        "field owner one of (local \"本地\", outside \"外地\") label \"控股方\" \"who owns it\" zh \"控股方\"")),
    Sample(
      name: "a reference",
      rule: "for each hire\n  where enterprise.bought_from is given\n  pay enterprise 100 yuan on start", kinds: [],
      before: suppliers + own("field bought_from reference to suppliers label \"供应商\" \"who sells to it\" zh \"供应商\"")),
    Sample(
      name: "what a reference leads to",
      rule: "for each hire\n  where enterprise.bought_from.designated\n  pay enterprise 100 yuan on start",
      kinds: [],
      before: suppliers + own("field bought_from reference to suppliers label \"供应商\" \"who sells to it\" zh \"供应商\"")),
    Sample(
      name: "more for some",
      rule: "for each enterprise\n  pay enterprise (if elect then 200 yuan otherwise 100 yuan) on 2022-06-01",
      kinds: [],
      before: own("field elect bool default false label \"优选\" \"in the first group\" zh \"优选\"")),
    Sample(
      name: "on a list of its own",
      rule: """
        for each enterprise
          count entries = suppliers of enterprise at any time
          require count of entries >= 1
          pay enterprise 100 yuan on 2022-06-01
        """, kinds: [], before: suppliers.replacing("of_firm", with: "enterprise")),
  ]

  /// Numbers, days and facts of persons are conditions of need and of work.
  static let cleared: [Sample] = [
    Sample(
      name: "an own number", rule: "for each enterprise\n  where posts >= 50\n  pay enterprise 100 yuan on 2022-06-01",
      kinds: [], before: own("field posts number label \"岗位数\" \"posts on offer\" zh \"岗位数\"")),
    Sample(
      name: "a fact of workers", rule: "for each hire\n  where trained\n  pay enterprise 100 yuan on start", kinds: [],
      before: "list hires, each a hire\n  field trained bool default false label \"已培训\" \"trained\" zh \"已培训\"\n\n"),
  ]
}
