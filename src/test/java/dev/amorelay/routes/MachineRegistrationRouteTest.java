package dev.amorelay.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import dev.amorelay.deals.ServiceDeals;
import dev.amorelay.deals.Claims;
import dev.amorelay.delivery.Effect;
import dev.amorelay.machines.MachineRegistration;
import dev.amorelay.machines.Sale;
import dev.amorelay.machines.SaleDoor;
import dev.amorelay.machines.SaleReader;
import dev.amorelay.work.Later;
import dev.amorelay.work.Refused;
import java.util.List;
import java.util.Map;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MachineRegistrationRouteTest extends RouteTest {

    private final SaleReader reader = mock(SaleReader.class);
    private final MachineRegistration registration = mock(MachineRegistration.class);
    private final ServiceDeals services = mock(ServiceDeals.class);
    private Effect effect;

    @Override
    List<String> flows() {
        return List.of("machine-registration");
    }

    @Override
    Map<String, String> settings() {
        return Map.of("relay.amocrm.pipeline-parts-id", "10245926");
    }

    @Override
    void bind(Registry beans) {
        beans.bind("serviceDeals", services);
        beans.bind("saleReader", reader);
        beans.bind("machineRegistration", registration);
        beans.bind("saleDoor", mock(SaleDoor.class));
    }

    @BeforeEach
    void owed() {
        effect = outbox.effect("machine.register", "55", Map.of("account", "default", "account_id", 777));
    }

    private Sale won(boolean partsOrder, String... serials) {
        Sale sale = new Sale(777, "55", partsOrder, null, null, List.of(serials), null, null, null, null, Claims.UNKNOWN);
        when(reader.read(effect)).thenReturn(sale);
        return sale;
    }

    @Test
    void eachSerialIsRegistered() {
        Sale sale = won(false, "SN-1", "SN-2");
        doAnswer(call -> {
            outbox.done(call.getArgument(0), "SN-1, SN-2");
            return null;
        }).when(registration).register(any(), any());
        outbox.await(effect);
        awaitSettled(outbox.settled, "1 done");
        verify(registration).register(effect, sale);
        verifyNoMoreInteractions(registration);
        assertThat(outbox.settled.get(0).detail()).isEqualTo("SN-1, SN-2");
    }

    @Test
    void partsWithASerialAreMachinesToo() {
        Sale sale = won(true, "SN-1");
        outbox.await(effect);
        awaitSettled(outbox.settled, "1 done");
        verify(registration).register(effect, sale);
    }

    @Test
    void withoutASerialTheManagerIsAsked() {
        Sale sale = won(false);
        outbox.await(effect);
        awaitSettled(outbox.settled, "1 done");
        verify(registration).askForSerial(effect, sale);
        verifyNoMoreInteractions(registration);
    }

    @Test
    void sparePartsHaveNone() {
        won(true);
        outbox.await(effect);
        awaitSettled(outbox.settled, "1 skipped");
        assertThat(outbox.settled.get(0).detail()).isEqualTo("spare parts order");
        verifyNoInteractions(registration);
    }

    @Test
    void theDealOfAServiceRequestSellsNothing() {
        won(false, "SN-1");
        when(services.isOne(effect)).thenReturn(true);
        outbox.await(effect);
        awaitSettled(outbox.settled, "1 skipped");
        assertThat(outbox.settled.get(0).detail()).isEqualTo("service request");
        verifyNoInteractions(registration);
    }

    @Test
    void aDealThatMayTurnOutToBeOneWaits() {
        won(false, "SN-1");
        when(services.isOne(effect)).thenThrow(new Later("on its way", null));
        outbox.await(effect);
        awaitSettled(outbox.settled, "1 postponed");
        verifyNoInteractions(registration);
    }

    @Test
    void aDealThatIsNotStoredIsSetAside() {
        when(reader.read(effect)).thenThrow(new Refused("deal 55 is not stored"));
        outbox.await(effect);
        awaitSettled(outbox.settled, "1 dead");
        verifyNoInteractions(registration);
    }
}
