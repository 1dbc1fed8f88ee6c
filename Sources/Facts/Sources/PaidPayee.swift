// What the heading over a list's payees says of them: that they were paid, that they hold the account, or only that
// they are a firm, which may be whoever employs the person beside it. Knows nothing of who is paid.
import Diagnostics

/// What the heading of a column of payees says of them.
package enum PayeeHeading: Sendable, Hashable {
  /// That they were paid: 收款单位, 发放对象.
  case paid
  /// That they hold the account into which it was paid: 户名, 收款人.
  case holder(String)
  /// That they are a firm, and not what it has to do with the payment: 单位, 企业名称.
  case firm(String)

  private static let holders = ["户名", "账户", "帐户", "收款人", "收款方", "对方", "开户"]
  private static let receivers = ["收款", "领取", "享受", "受益", "补贴", "补助", "奖补", "对象"]
  private static let firms = [
    "单位", "企业", "公司", "机构", "信用代码", "company", "employer", "enterprise", "agency", "creditcode",
  ]

  /// - Returns: nil where no column or line states a payee.
  init?(_ header: BulkHeader, _ schema: ListSchema, _ mapping: ColumnMapping) {
    let stated = ["payee", "payee_number"].lazy.compactMap { field in
      header.columns.first { schema.fields[$0.field].name == field }?.column
    }.first
    guard let column = stated else { return nil }
    let heading = header.name(column), name = Headings.bare(heading).name
    if mapping.field(heading, of: schema.declaration.name) != nil {
      self = .paid
    } else if PayeeHeading.holders.contains(where: name.contains) {
      self = .holder(heading)
    } else if PayeeHeading.firms.contains(where: name.contains), !PayeeHeading.receivers.contains(where: name.contains)
    {
      self = .firm(heading)
    } else {
      self = .paid
    }
  }
}
