// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#pragma once

#include "models/BulkRun.h"
#include "models/BulkTableModel.h"
#include "models/Environment.h"

#include <QDialog>

class QProgressBar;
class QPushButton;

namespace rateguard {

class BulkForm;
class LiveTable;
class TextLabel;

// Many edits together: what will be done to what, as it holds by now, before anything is; then how far it is, and what became
// of each. Closing it while it runs stops it first. Deletes itself when it was closed.
class BulkDialog : public QDialog
{
    Q_OBJECT

public:
    BulkDialog(const QString &title, BulkForm *form, Environment environment, QWidget *parent);

    void apply(const Snapshot &snapshot);

signals:
    void editRequested(const rateguard::LimitEdit &edit);
    void overrideRequested(const rateguard::OverrideEdit &edit);

protected:
    void keyPressEvent(QKeyEvent *event) override; // Enter in a field leads to the button, and does nothing yet
    void reject() override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange(const QString &title, Environment environment);
    void plan(); // what is typed has changed, or what holds
    void ask();
    void start();
    void stop();
    void send(); // what is due
    void display();
    void fitColumns(); // to what stands in them; results need room only once there are any

    BulkForm *m_form;
    Environment m_environment;
    BulkRun m_run;
    bool m_running = false; // or over
    LinkStatus m_link;
    BulkTableModel m_model;
    LiveTable *m_table;
    TextLabel *m_text;
    QProgressBar *m_progress;
    QPushButton *m_close;
    QPushButton *m_stop;
    QPushButton *m_go;
};

} // namespace rateguard
