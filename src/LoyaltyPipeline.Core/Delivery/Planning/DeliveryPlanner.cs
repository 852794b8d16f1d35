using LoyaltyPipeline.Core.Configuration;
using LoyaltyPipeline.Core.Delivery.Files;
using LoyaltyPipeline.Core.Delivery.Log;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Schema;

namespace LoyaltyPipeline.Core.Delivery.Planning;

/// <summary>Finds out what a delivery would be. Writes nothing but temporary tables.</summary>
/// <param name="today">The day of the run, by UTC: who is suppressed then is not sent.</param>
internal sealed class DeliveryPlanner(
    PipelineDefinition pipeline, IWarehouseSession session, IReadOnlyDictionary<string, TableShape> tables, DateOnly today)
{
    /// <summary>Plans.</summary>
    /// <param name="destination">Where it goes.</param>
    /// <exception cref="LoyaltyException"><c>DayNotWritten</c>, <c>ColumnUnknown</c>, <c>DeliveryInvalid</c>,
    /// <c>SaltMissing</c>.</exception>
    public async Task<DeliveryPlan> PlanAsync(DeliveryOptions options, string destination, CancellationToken cancellationToken)
    {
        var consumer = options.Consumer;
        var day = await DeliveredDay.FindAsync(session, options.AsOf, cancellationToken);
        var form = DeliveryForm.Create(consumer, pipeline.Catalog.Master, tables[DeliverySql.TableOf(day)], session.Dialect);
        form.Define(session);
        var sql = new DeliverySql(consumer, day, form, Suppressed.On(tables[Suppressed.Table], today));
        var users = await DeliveryUsers.FillAsync(session, sql, cancellationToken);

        var feedId = DeliveryId.OfFeed(consumer.Name, consumer.Segment.ToString(), destination);
        var newest = await DeliveryLog.NewestAsync(session, feedId, cancellationToken);
        var id = Identify(options.Mode, day, form, users, newest);
        var previous = newest;
        var isBackfill = newest?.Day > day.Day;
        if (isBackfill)
        {
            RefuseEarlierDiff(options, day, newest!);
            // An earlier day changes nothing about what the consumer has; who it was sent is kept apart.
            feedId = DeliveryId.OfFeed(consumer.Name, consumer.Segment.ToString(), $"{destination}\n{id}");
            previous = await DeliveryLog.NewestAsync(session, feedId, cancellationToken);
        }

        return new DeliveryPlan
        {
            Options = options,
            Destination = destination,
            Day = day,
            Form = form,
            Sql = sql,
            Users = await users.CompareAsync(session, feedId, cancellationToken),
            UnreadableNumbers = sql.CountUnreadable is { } count ? await session.CountAsync(count, cancellationToken) : 0,
            StoredParts = options.Mode == DeliveryMode.Full && users.LeftOut.Suppressed == 0
                ? await CutStoredAsync(sql, options.PartBytes, cancellationToken)
                : null,
            Newest = newest,
            Previous = previous,
            FeedId = feedId,
            DeliveryId = id,
            IsBackfill = isBackfill,
            Guards =
            [
                .. DeliveryGuards.CheckSound(options.NotSound),
                .. isBackfill ? [] : DeliveryGuards.Check(users.Audience, newest, consumer.AudienceChange),
            ],
        };
    }

    private async Task<PartPlan?> CutStoredAsync(DeliverySql sql, long partBytes, CancellationToken cancellationToken) =>
        sql.StoredUsers is { } users && session.Dialect.HasStoredOrder
            ? await PartPlan.OfStoredAsync(session, users, partBytes, cancellationToken)
            : null;

    // Asked for again, a Diff is still the one to the delivery before it.
    private static string Identify(DeliveryMode mode, DeliveredDay day, DeliveryForm form, DeliveryUsers users, DeliveryRecord? newest)
    {
        string Id(string? baseId) => DeliveryId.Create(day.RunId, form, mode, users, baseId);
        if (mode == DeliveryMode.Full)
            return Id(null);
        return newest is { Mode: DeliveryMode.Diff } && newest.DeliveryId == Id(newest.BaseDeliveryId)
            ? newest.DeliveryId
            : Id(newest?.DeliveryId);
    }

    private static void RefuseEarlierDiff(DeliveryOptions options, DeliveredDay day, DeliveryRecord newest)
    {
        if (options.Mode == DeliveryMode.Diff)
        {
            throw LoyaltyErrors.DeliveryInvalid.Because(
                $"A Diff of {day.Day:yyyy-MM-dd} cannot follow the delivery of {newest.Day:yyyy-MM-dd}, which {options.Consumer.Name} has.",
                day.Day, "Deliver an earlier day with -Mode Full.");
        }
    }
}
