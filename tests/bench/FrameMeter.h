// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include <QApplication>
#include <QElapsedTimer>

#include <functional>
#include <vector>

namespace rateguard {

// An application that times its turns: from waking up to having nothing to do, with all that is painted in between. A turn in
// which anything was painted is a frame. Needs Qt's own event loop, not that of GLib, which says it wakes up when its work is done.
class FrameMeter : public QApplication
{
    Q_OBJECT

public:
    FrameMeter(int &count, char **words);

    bool notify(QObject *receiver, QEvent *event) override;

    std::function<void(QObject *)> painted; // after each paint of a widget
    void clear();
    std::vector<double> wall; // ms, of each frame
    std::vector<double> own; // ms of this thread, of each frame

private:
    void begin();
    void end();

    QElapsedTimer m_clock;
    qint64 m_own = 0;
    bool m_isFrame = false;
};

qint64 ownTime(); // ns of CPU that this thread has used
double percentile(std::vector<double> values, double share);

} // namespace rateguard
