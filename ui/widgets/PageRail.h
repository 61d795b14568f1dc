// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "widgets/Page.h"

#include <QWidget>

namespace rateguard {

class RailButton;

// The way between the pages, on the left of the window; Ctrl and a digit does the same. A page that has news carries a badge.
class PageRail : public QWidget
{
    Q_OBJECT

public:
    explicit PageRail(QWidget *parent);

    void setCurrent(Page page);
    Page current() const { return m_current; }
    // A figure at its name, and what it counts; 0: none. `urgent`: in the colour of trouble.
    void setBadge(Page page, std::uint64_t count, const QString &what, bool urgent = false);

signals:
    void chosen(rateguard::Page page); // and the focus in it
    void passed(rateguard::Page page); // by an arrow, while the focus stays here

private:
    std::array<RailButton *, allPages.size()> m_buttons {};
    Page m_current = Page::Overview;
};

} // namespace rateguard
