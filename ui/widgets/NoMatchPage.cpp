// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/NoMatchPage.h"

#include "models/FilterWords.h"
#include "widgets/TextLabel.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace rateguard {

NoMatchPage::NoMatchPage(QWidget *parent) : QWidget(parent)
{
    auto *text = new TextLabel(tr("No key fits this filter."), Ink::Normal, this);
    auto *language = new TextLabel(filterLanguage(), Ink::Muted, this);
    language->setWordWrap(true);
    auto *clear = new QPushButton(tr("&Clear the filter"), this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(60, 0, 60, 0);
    column->addStretch(1);
    column->addWidget(text, 0, Qt::AlignHCenter);
    column->addWidget(language, 0, Qt::AlignHCenter);
    column->addWidget(clear, 0, Qt::AlignHCenter);
    column->addStretch(1);
    connect(clear, &QPushButton::clicked, this, &NoMatchPage::cleared);
}

} // namespace rateguard
