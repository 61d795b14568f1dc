// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The RateGuard authors
#include "support/TestRedis.h"

#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>

using namespace rateguard;

// Against a redis-server that speaks TLS, with certificates made on the spot.
class TlsTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        makeAuthority(QStringLiteral("ca"));
        makeAuthority(QStringLiteral("other-ca"));
        makeCertificate(QStringLiteral("server"), QStringLiteral("ca"), QStringLiteral("IP:127.0.0.1,DNS:localhost"));
        makeCertificate(QStringLiteral("elsewhere"), QStringLiteral("ca"), QStringLiteral("DNS:elsewhere.example"));
        makeCertificate(QStringLiteral("client"), QStringLiteral("ca"), QStringLiteral("DNS:client"));
    }

    void aServerThatProvesWhoItIsIsTrusted()
    {
        TestRedis redis(serving(QStringLiteral("server")));
        for (const char *host : {"127.0.0.1", "localhost"}) {
            auto there = url();
            there.host = host;
            Connection connection(there, "test");
            connection.open();
            QTRY_VERIFY2(connection.isLive(), qPrintable(connection.detail()));
            std::string answer;
            connection.call({"ECHO", std::string(300'000, 'x')}, [&](const Reply &reply) { answer = reply.text; });
            QTRY_COMPARE(answer.size(), std::size_t {300'000});
        }
    }

    void oneThatDoesNotIsRefusedAndSaysWhy_data()
    {
        QTest::addColumn<QString>("certificate");
        QTest::addColumn<QString>("ca");
        QTest::addColumn<QString>("says");
        QTest::newRow("unknown authority") << "server" << QString() << "?ca=FILE";
        QTest::newRow("another authority") << "server" << "other-ca" << "could not prove who it is";
        QTest::newRow("another host") << "elsewhere" << "ca" << "host name did not match";
        QTest::newRow("no such file") << "server" << "nothing" << "(ca=)";
    }

    void oneThatDoesNotIsRefusedAndSaysWhy()
    {
        QFETCH(QString, certificate);
        QFETCH(QString, ca);
        QFETCH(QString, says);
        TestRedis redis(serving(certificate));
        auto there = url();
        there.caFile = ca.isEmpty() ? std::string() : path(ca + QStringLiteral(".pem"));
        Connection connection(there, "test");
        connection.open();
        QTRY_VERIFY2(connection.detail().contains(says), qPrintable(connection.detail()));
        QVERIFY(!connection.isLive());
    }

    void aServerThatAsksForACertificateGetsOurs()
    {
        TestRedis redis(serving(QStringLiteral("server"), QStringLiteral("yes")));
        Connection without(url(), "test");
        without.open();
        auto there = url();
        there.certificateFile = path(QStringLiteral("client.pem"));
        there.keyFile = path(QStringLiteral("client.key"));
        Connection with(there, "test");
        with.open();
        QTRY_VERIFY2(with.isLive(), qPrintable(with.detail()));
        QTRY_VERIFY(!without.detail().isEmpty());
        QVERIFY(!without.isLive());
        there.keyFile = path(QStringLiteral("client.pem"));
        Connection wrong(there, "test");
        wrong.open();
        QTRY_VERIFY2(wrong.detail().contains(QStringLiteral("There is no private key in")), qPrintable(wrong.detail()));
    }

    void aPortWithoutTlsIsNamed()
    {
        m_port = freePort();
        TestRedis redis(QStringList {QStringLiteral("--port"), QString::number(m_port)});
        Connection connection(url(), "test");
        connection.open();
        QTRY_VERIFY2(connection.detail().contains(QStringLiteral("Does this port speak TLS?")), qPrintable(connection.detail()));
    }

private:
    std::string path(const QString &name) const { return m_folder.filePath(name).toStdString(); }

    static quint16 freePort()
    {
        QTcpServer probe;
        probe.listen(QHostAddress::LocalHost);
        return probe.serverPort();
    }

    void openssl(const QString &arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        process.start(QStringLiteral("openssl"), arguments.split(u' '));
        if (!process.waitForFinished() || process.exitCode() != 0) {
            qFatal("openssl: %s%s", process.readAllStandardError().constData(), qPrintable(process.errorString()));
        }
    }

    void makeAuthority(const QString &name) const
    {
        openssl(QStringLiteral("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=%1 -keyout %1.key -out %1.pem").arg(name));
    }

    void makeCertificate(const QString &name, const QString &authority, const QString &names) const
    {
        openssl(QStringLiteral("req -newkey rsa:2048 -nodes -subj /CN=%1 -addext subjectAltName=%2 -keyout %1.key -out %1.csr").arg(name, names));
        openssl(QStringLiteral("x509 -req -in %1.csr -copy_extensions copy -CA %2.pem -CAkey %2.key -CAcreateserial -days 2 -out %1.pem").arg(name, authority));
    }

    QStringList serving(const QString &certificate, const QString &askClients = QStringLiteral("no"))
    {
        m_port = freePort();
        return QStringLiteral("--tls-port %1 --tls-cert-file %2/%3.pem --tls-key-file %2/%3.key --tls-ca-cert-file %2/ca.pem --tls-auth-clients %4")
            .arg(m_port)
            .arg(m_folder.path(), certificate, askClients)
            .split(u' ');
    }

    RedisUrl url() const
    {
        RedisUrl url;
        url.tls = true;
        url.port = m_port;
        url.caFile = path(QStringLiteral("ca.pem"));
        return url;
    }

    QTemporaryDir m_folder;
    quint16 m_port = 0;
};

QTEST_GUILESS_MAIN(TlsTest)
#include "tst_Tls.moc"
