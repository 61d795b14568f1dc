// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "widgets/Exporter.h"

#include "charts/ChartPicture.h"
#include "format/ExportFile.h"
#include "format/Numbers.h"
#include "widgets/Dashboard.h"
#include "widgets/KeyPanel.h"

#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMessageBox>

namespace rateguard {
namespace {

const QString csv = QStringLiteral("csv");
const QString jsonLines = QStringLiteral("jsonl");
const QString png = QStringLiteral("png");
const QString svg = QStringLiteral("svg");

QString suffixIn(const QString &filter) // "… (*.csv)"
{
    return filter.section(QStringLiteral("*."), 1).chopped(1);
}

} // namespace

Exporter::Exporter(const Dashboard &dashboard, QWidget *window)
    : QObject(window), m_dashboard(dashboard), m_keys(*dashboard.keys()), m_window(window)
{
    KeyPanel &keys = m_keys;
    connect(&keys.taker(), &RowTaker::came, this, &Exporter::add);
    connect(&keys.taker(), &RowTaker::finished, this, &Exporter::finish);
    connect(&keys.taker(), &RowTaker::lost, this, &Exporter::lose);
}

void Exporter::ask()
{
    auto *dialog = new QFileDialog(m_window, tr("Export what is on screen"));
    dialog->setObjectName(QStringLiteral("exportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setNameFilters({tr("Keys for spreadsheets (*.csv)"), tr("Keys as JSON lines (*.jsonl)"), tr("Charts as a picture (*.png)"), tr("Charts as a drawing (*.svg)")});
    dialog->setDefaultSuffix(csv);
    dialog->selectFile(QStringLiteral("rateguard.csv"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) { dialog->setDefaultSuffix(suffixIn(filter)); });
    connect(dialog, &QFileDialog::fileSelected, this, &Exporter::save);
    dialog->open();
}

void Exporter::save(const QString &path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    if (suffix == csv || suffix == jsonLines)
        return begin(std::make_unique<ExportFile>(path), suffix == jsonLines);
    if (suffix != png && suffix != svg)
        return fail(tr("%1 was not written: its name does not say what it is to hold. End it with .csv or .jsonl for keys, "
                       "with .png or .svg for charts.").arg(path));
    QWidget *charts = m_dashboard.charts();
    if (!charts)
        return fail(tr("%1 was not written: there is no chart on this page. Overview, Keys and Details have some.").arg(path));
    const QString error = writeExport(path, suffix == svg ? chartsAsSvg(*charts) : chartsAsPng(*charts));
    if (error.isEmpty())
        emit done(tr("✓ %1 written to %2").arg(tr("The charts"), path));
    else
        fail(error);
}

void Exporter::copySelected()
{
    if (m_keys.selection().isEmpty())
        return emit refused(tr("No key is selected, so nothing was copied"));
    if (!m_keys.selection().isHeld())
        return begin(nullptr, false);
    const KeyRows rows = m_keys.selectedRows();
    QGuiApplication::clipboard()->setText(QString::fromUtf8(keysAsTsv(rows)));
    emit done(tr("✓ %1 copied").arg(counted(rows.size())));
}

void Exporter::begin(std::unique_ptr<ExportFile> file, bool asJson)
{
    if (m_file)
        return emit refused(tr("%1 is still being written. Try again when it is done.").arg(m_file->path()));
    if (file && !file->error().isEmpty())
        return fail(file->error());
    m_file = std::move(file);
    m_copied.clear();
    m_asJson = asJson;
    m_rows = 0;
    if (m_file && !m_asJson)
        m_file->write(keysAsCsv({}));
    m_keys.taker().start();
}

void Exporter::add(const std::vector<KeyEntry> &rows)
{
    KeyRows wanted;
    for (const KeyEntry &entry : rows) {
        if (m_file || m_keys.selection().isSelected(entry))
            wanted.push_back(&entry);
    }
    m_rows += wanted.size();
    if (m_file)
        m_file->write(m_asJson ? keysAsJsonLines(wanted) : keysAsCsv(wanted, false));
    else
        m_copied += keysAsTsv(wanted);
}

void Exporter::finish()
{
    if (!m_file && m_rows == 0)
        return emit refused(tr("No selected key is in the table now, so nothing was copied"));
    if (!m_file) {
        QGuiApplication::clipboard()->setText(QString::fromUtf8(m_copied));
        m_copied.clear();
        return emit done(tr("✓ %1 copied").arg(counted(m_rows)));
    }
    const std::unique_ptr<ExportFile> file = std::move(m_file);
    const QString error = file->finish();
    if (error.isEmpty())
        emit done(tr("✓ %1 written to %2").arg(counted(m_rows), file->path()));
    else
        fail(error);
}

void Exporter::lose()
{
    const std::unique_ptr<ExportFile> file = std::move(m_file);
    fail(file ? tr("%1 was not written: another Redis is watched now. Export again.").arg(file->path())
              : tr("Nothing was copied: another Redis is watched now. Copy again."));
}

QString Exporter::counted(std::size_t rows)
{
    return rows == 1 ? tr("1 key") : tr("%1 keys").arg(formatCount(rows));
}

void Exporter::fail(const QString &text)
{
    auto *box = new QMessageBox(QMessageBox::Warning, tr("Export"), text, QMessageBox::Ok, m_window);
    box->setObjectName(QStringLiteral("exportError"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText); // a path is anybody's
    box->open();
}

} // namespace rateguard
