// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/BulkForm.h"

#include <QLineEdit>

namespace rateguard {

QLineEdit *BulkForm::makeReason()
{
    auto *reason = new QLineEdit(this);
    reason->setObjectName(QStringLiteral("bulkReason"));
    reason->setAccessibleName(tr("Reason of all"));
    reason->setMaxLength(200);
    reason->setPlaceholderText(tr("For the audit trail"));
    connect(reason, &QLineEdit::textChanged, this, &BulkForm::edited);
    return reason;
}

} // namespace rateguard
