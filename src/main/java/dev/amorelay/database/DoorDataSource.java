package dev.amorelay.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcUtils;

/**
 * The connections of the doors. From the moment that one is asked for until the last answer of the database no more than
 * {@link #LIMIT} passes, also when the database is frozen and answers nothing: the caller gets 503 in time. A
 * statement that was given up may be committed all the same; its sender repeats it, and the repeat changes nothing.
 */
final class DoorDataSource extends DelegatingDataSource {

    /** Callers are promised an answer within 1.5 s. */
    static final Duration LIMIT = Duration.ofMillis(1300);
    /** A connection in good time is worth more to a caller than a refusal on the dot. */
    private static final int LEAST_MILLIS = 100;

    private final Outage outage = new Outage(System::nanoTime);
    private final Duration limit;

    DoorDataSource(DataSource pool) {
        this(pool, LIMIT);
    }

    /** @param limit in place of {@link #LIMIT} */
    DoorDataSource(DataSource pool, Duration limit) {
        super(pool);
        this.limit = limit;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (!outage.mayAsk()) {
            throw new SQLTransientConnectionException("the database is out of reach, somebody is looking whether it is back");
        }
        long begin = System.nanoTime();
        Connection connection = null;
        try {
            connection = super.getConnection();
            long left = limit.minusNanos(System.nanoTime() - begin).toMillis();
            // the pool gives a connection back with its own limit restored
            connection.setNetworkTimeout(Runnable::run, (int) Math.max(left, LEAST_MILLIS));
            return watched(connection, begin);
        } catch (SQLException | RuntimeException | Error e) {
            outage.failed(System.nanoTime() - begin);
            JdbcUtils.closeConnection(connection);
            throw e;
        }
    }

    /** The same connection; that the database is out of reach shows when it is given back. */
    private Connection watched(Connection connection, long begin) {
        AtomicBoolean told = new AtomicBoolean();
        return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close") && told.compareAndSet(false, true)) {
                        tell(connection, begin);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    private void tell(Connection connection, long begin) throws SQLException {
        // a connection that broke was closed by the pool before its user could
        if (connection.isClosed()) {
            outage.failed(System.nanoTime() - begin);
        } else {
            outage.over();
        }
    }
}
