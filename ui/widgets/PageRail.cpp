// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/PageRail.h"

#include "widgets/RailButton.h"

#include <QShortcut>
#include <QVBoxLayout>

namespace rateguard {

PageRail::PageRail(QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    for (const Page page : allPages) {
        const int number = static_cast<int>(page) + 1;
        const QKeySequence keys(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + number));
        auto *button = new RailButton(pageTitle(page), this);
        button->setObjectName(pageName(page) + QStringLiteral("Button"));
        button->setToolTip(pageTitle(page) + QStringLiteral("  (") + keys.toString(QKeySequence::NativeText) + QLatin1Char(')'));
        m_buttons.at(static_cast<std::size_t>(page)) = button;
        column->addWidget(button);
        connect(button, &RailButton::entered, this, [this, page] { emit chosen(page); });
        connect(button, &QAbstractButton::clicked, this, [this, page, button] {
            if (button->hasFocus())
                emit passed(page);
            else
                emit chosen(page);
        });
        connect(new QShortcut(keys, this), &QShortcut::activated, this, [this, page] { emit chosen(page); });
    }
    column->addStretch(1);
    setCurrent(Page::Overview);
}

void PageRail::setCurrent(Page page)
{
    m_current = page;
    m_buttons.at(static_cast<std::size_t>(page))->setChecked(true);
}

void PageRail::setBadge(Page page, std::uint64_t count, const QString &what, bool urgent)
{
    m_buttons.at(static_cast<std::size_t>(page))->setBadge(count, what, urgent);
}

} // namespace rateguard
