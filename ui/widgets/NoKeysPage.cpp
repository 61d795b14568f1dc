// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/NoKeysPage.h"

#include "format/Text.h"
#include "widgets/TextLabel.h"

#include <QFontDatabase>
#include <QVBoxLayout>

namespace rateguard {

NoKeysPage::NoKeysPage(QWidget *parent) : QWidget(parent), m_simulate(new TextLabel(QString(), Ink::Normal, this))
{
    auto *hint = new TextLabel(tr("No requests have come yet. Guard an endpoint of a FastAPI service …"), Ink::Muted, this);
    auto *fastApi = new TextLabel(QStringLiteral("@app.get(\"/search\")\n@limit(\"100/min\", policy=\"search\")"), Ink::Normal, this);
    auto *others = new TextLabel(tr("… or make traffic to look at, in a terminal:"), Ink::Muted, this);
    auto *column = new QVBoxLayout(this);
    column->addStretch(1);
    for (TextLabel *label : {hint, fastApi, others, m_simulate}) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
        column->addWidget(label);
    }
    for (TextLabel *code : {fastApi, m_simulate}) {
        code->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
        code->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    }
    column->addStretch(1);
}

void NoKeysPage::setEndpoint(const std::string &endpoint)
{
    m_simulate->setText(QStringLiteral("rateguardctl simulate --url ") + displayText(endpoint, 200));
}

} // namespace rateguard
