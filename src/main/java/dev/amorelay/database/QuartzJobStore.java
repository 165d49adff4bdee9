package dev.amorelay.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.quartz.SchedulerConfigException;
import org.quartz.spi.ClassLoadHelper;
import org.quartz.spi.SchedulerSignaler;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.scheduling.quartz.LocalDataSourceJobStore;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;

/**
 * Quartz's tables, reached by the pool of the relay that it belongs to. Quartz keeps pools in one list for the whole process, and
 * Spring names them by the scheduler: of two relays in one process, both with the name that nodes of a cluster have to share, the
 * first would go over to the pool of the second, and be without a database once that one is closed.
 */
public class QuartzJobStore extends LocalDataSourceJobStore {

    @Override
    public void initialize(ClassLoadHelper loadHelper, SchedulerSignaler signaler) throws SchedulerConfigException {
        super.initialize(loadHelper, signaler);
        DataSource pool = SchedulerFactoryBean.getConfigTimeDataSource();
        String name = "relay-" + UUID.randomUUID();
        setDataSource(name);
        DBConnectionManager.getInstance().addConnectionProvider(name, new Pool(pool, true));
        setNonManagedTXDataSource(name + "-apart");
        DBConnectionManager.getInstance().addConnectionProvider(name + "-apart", new Pool(pool, false));
    }

    /** The list forgets no entry: what it holds on to after the end is this, without the pool. */
    private static final class Pool implements ConnectionProvider {

        private final AtomicReference<DataSource> source;
        private final boolean inTransaction;

        Pool(DataSource source, boolean inTransaction) {
            this.source = new AtomicReference<>(source);
            this.inTransaction = inTransaction;
        }

        @Override
        public Connection getConnection() throws SQLException {
            DataSource open = source.get();
            if (open == null) {
                throw new SQLException("the scheduler is stopped");
            }
            return inTransaction ? DataSourceUtils.doGetConnection(open) : open.getConnection();
        }

        @Override
        public void initialize() {
            // the pool is there already
        }

        @Override
        public void shutdown() {
            source.set(null);
        }
    }
}
