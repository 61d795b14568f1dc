// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/EditComparison.h"

#include "format/Text.h"
#include "widgets/TextLabel.h"

#include <QGridLayout>

#include <algorithm>

namespace rateguard {

EditComparison::EditComparison(QWidget *parent) : QWidget(parent)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(3);
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(2, 1);
    grid->addWidget(new TextLabel(tr("Before"), Ink::Muted, this), 0, 1);
    grid->addWidget(new TextLabel(tr("After"), Ink::Muted, this), 0, 2);
    for (std::size_t i = 0; i < most; ++i) {
        const int row = static_cast<int>(i) + 1;
        m_lines[i] = {new TextLabel({}, Ink::Muted, this), new TextLabel({}, Ink::Normal, this), new TextLabel({}, Ink::Normal, this)};
        m_lines[i].before->setObjectName(QStringLiteral("beforeLabel%1").arg(row));
        m_lines[i].after->setObjectName(QStringLiteral("afterLabel%1").arg(row));
        grid->addWidget(m_lines[i].name, row, 0);
        grid->addWidget(m_lines[i].before, row, 1);
        grid->addWidget(m_lines[i].after, row, 2);
        for (TextLabel *label : {m_lines[i].before, m_lines[i].after})
            label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    }
    grid->setRowStretch(static_cast<int>(most) + 1, 1);
}

void EditComparison::display(const AuditEntry &edit)
{
    const std::vector<EditField> fields = editFields(edit);
    for (std::size_t i = 0; i < most; ++i) {
        const bool shown = i < fields.size();
        const Line &line = m_lines[i];
        for (TextLabel *label : {line.name, line.before, line.after})
            label->setVisible(shown);
        if (!shown)
            continue;
        line.name->setText(fields[i].name);
        line.before->setText(fields[i].before);
        line.after->setText(fields[i].isChanged() ? tr("→ %1").arg(fields[i].after) : fields[i].after);
        line.after->setScale(1.0, fields[i].isChanged());
        line.before->setToolTip(plainToolTip(fields[i].before));
        line.after->setToolTip(plainToolTip(fields[i].after));
        line.after->setAccessibleDescription(fields[i].isChanged() ? tr("%1, changed").arg(fields[i].name) : fields[i].name);
        line.before->setAccessibleDescription(tr("%1, before").arg(fields[i].name));
    }
}

} // namespace rateguard
