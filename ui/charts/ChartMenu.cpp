// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "charts/ChartMenu.h"

#include "charts/ChartCursor.h"
#include "charts/RateChart.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QImage>
#include <QMenu>
#include <QMessageBox>

namespace rateguard {
namespace {

void askWhere(RateChart &chart, const QString &suffix)
{
    auto *dialog = new QFileDialog(&chart, RateChart::tr("Save the chart"));
    dialog->setObjectName(QStringLiteral("chartDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({suffix == QLatin1String("svg") ? RateChart::tr("Scalable picture (*.svg)") : RateChart::tr("Picture (*.png)")});
    dialog->setDefaultSuffix(suffix);
    dialog->selectFile(QStringLiteral("rateguard-chart.") + suffix);
    QObject::connect(dialog, &QFileDialog::fileSelected, &chart, [&chart](const QString &path) {
        const QString error = chart.save(path);
        if (error.isEmpty())
            return emit chart.announced(RateChart::tr("✓ The chart was written to %1").arg(path));
        auto *box = new QMessageBox(QMessageBox::Warning, RateChart::tr("Save the chart"), error, QMessageBox::Ok, &chart);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->setTextFormat(Qt::PlainText); // a path is anybody's
        box->open();
    });
    dialog->open();
}

} // namespace

void popUpMenu(RateChart &chart, const QPoint &global)
{
    auto *menu = new QMenu(&chart);
    menu->setObjectName(QStringLiteral("chartMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [menu, &chart](const QString &text, auto what) { QObject::connect(menu->addAction(text), &QAction::triggered, &chart, what); };
    add(chart.isTable() ? RateChart::tr("Show as chart\tT") : RateChart::tr("Show as table\tT"), [&chart] { chart.showTable(!chart.isTable()); });
    if (chart.chartCursor()->zoom())
        add(RateChart::tr("Back to live\t0"), [&chart] { chart.chartCursor()->zoomTo(std::nullopt); });
    menu->addSeparator();
    add(RateChart::tr("Copy picture"), [&chart] {
        QGuiApplication::clipboard()->setImage(QImage::fromData(chart.png(), "PNG"));
        emit chart.announced(RateChart::tr("✓ The chart was copied"));
    });
    add(RateChart::tr("Save as PNG…"), [&chart] { askWhere(chart, QStringLiteral("png")); });
    add(RateChart::tr("Save as SVG…"), [&chart] { askWhere(chart, QStringLiteral("svg")); });
    menu->popup(global);
}

} // namespace rateguard
