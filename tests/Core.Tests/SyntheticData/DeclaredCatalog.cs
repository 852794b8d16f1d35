using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines.DuckDb;
using LoyaltyPipeline.Core.Redaction;
using LoyaltyPipeline.Core.Tests.Support;

namespace LoyaltyPipeline.Core.Tests.SyntheticData;

/// <summary>
/// The shipped catalog with sources of every shape that have no generator of their own, and with other columns in some that have.
/// </summary>
internal static class DeclaredCatalog
{
    private const string Sources = """

          - name: DW_B.ANY_REFERRAL
            kind: source
            description: A sequence.
            key: [REFERRAL_ID]
            event_time: REFERRED_AT
            columns:
              - {name: REFERRAL_ID, type: BIGINT, description: Key.}
              - {name: USER_ID, type: BIGINT, references: DW_A.USER_PROFILE.USER_ID, reject_orphans: true, description: Whose.}
              - {name: FRIEND_ID, type: BIGINT, nullable: true, references: DW_A.USER_PROFILE.USER_ID, description: Another user.}
              - {name: CHANNEL, type: VARCHAR, accepted: [link, code], description: Accepted.}
              - {name: REFERRED_AT, type: TIMESTAMP, description: Time.}
          - name: DW_B.ANY_BADGE
            kind: source
            description: Of each kind one for a user, on a day.
            key: [USER_ID, BADGE]
            event_time: EARNED_ON
            counted_by: SEEN_ON
            columns:
              - {name: NOTE, type: VARCHAR, nullable: true, description: May be NULL.}
              - {name: BADGE, type: VARCHAR, accepted: [silver, gold, bronze], description: Kind.}
              - {name: USER_ID, type: BIGINT, references: DW_A.USER_PROFILE.USER_ID, reject_orphans: true, description: Whose.}
              - {name: EARNED_ON, type: DATE, description: Day.}
              - {name: SEEN_ON, type: DATE, nullable: true, description: Another day.}
              - {name: WORTH, type: "DECIMAL(6,3)", min: 0.5, max: 12.25, description: Bounded.}
              - {name: TOP, type: "DECIMAL(6,3)", not_below: FLOOR, nullable: true, description: Not below what comes after it.}
              - {name: FLOOR, type: "DECIMAL(6,3)", nullable: true, description: Below.}
          - name: DW_B.ANY_STANDING
            kind: source
            description: A row for a user and day.
            key: [USER_ID, STOOD_ON]
            event_time: STOOD_ON
            columns:
              - {name: USER_ID, type: BIGINT, references: DW_A.USER_PROFILE.USER_ID, reject_orphans: true, description: Whose.}
              - {name: STOOD_ON, type: DATE, description: Day.}
              - {name: POINTS, type: INTEGER, min: -3, max: -1, description: Below zero.}
              - {name: FIRST_BADGE, type: VARCHAR, references: DW_B.ANY_BADGE.BADGE, description: Refers to one of some.}
              - {name: LAST_REFERRAL, type: BIGINT, references: DW_B.ANY_REFERRAL.REFERRAL_ID, description: Refers to a sequence.}
          - name: DW_B.ANY_CARD
            kind: source
            description: One for a user.
            key: [USER_ID]
            columns:
              - {name: USER_ID, type: BIGINT, references: DW_A.USER_PROFILE.USER_ID, reject_orphans: true, description: Whose.}
              - {name: HOLDER, type: VARCHAR, pii: name, description: A name.}
              - {name: MAILBOX, type: VARCHAR, pii: email, description: An address.}
              - {name: DIAL, type: VARCHAR, pii: phone, description: A number.}
              - {name: IS_PLASTIC, type: BOOLEAN, description: Yes or no.}
              - {name: REPLACED, type: INTEGER, references: DW_B.ANY_CARD_EVENT.EVENT_NUMBER, nullable: true, description: In a circle.}
          - name: DW_B.ANY_CARD_EVENT
            kind: source
            description: Told apart by a number and a time.
            key: [USER_ID, EVENT_NUMBER]
            event_time: EVENT_AT
            columns:
              - {name: EVENT_NUMBER, type: INTEGER, description: A number.}
              - {name: USER_ID, type: BIGINT, references: DW_B.ANY_CARD.USER_ID, description: In a circle.}
              - {name: EVENT_AT, type: TIMESTAMP, description: Time.}
              - {name: KEPT_UNTIL, type: TIMESTAMP, not_below: EVENT_AT, description: Not before.}
          - name: DW_C.ANY_OFFER
            kind: source
            description: A list.
            key: [OFFER_CODE]
            columns:
              - {name: OFFER_CODE, type: VARCHAR, description: Key.}
              - {name: TITLE, type: VARCHAR, description: Any text.}
          - name: DW_C.ANY_OFFER_REGION
            kind: source
            description: A list by two others and a day.
            key: [REGION_CODE, OFFER_CODE, VALID_FROM]
            event_time: VALID_FROM
            columns:
              - {name: OFFER_CODE, type: VARCHAR, references: DW_C.ANY_OFFER.OFFER_CODE, description: Refers.}
              - {name: REGION_CODE, type: VARCHAR, references: DW_C.REGION_METADATA.REGION_CODE, description: Refers.}
              - {name: VALID_FROM, type: DATE, description: Day.}
              - {name: DISCOUNT, type: "DECIMAL(2,2)", description: Less than one.}

        """;

    public static LoyaltyCatalog Read()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "views"));
        foreach (var view in Directory.GetFiles(Path.Combine(Repository.SqlFolder, "views")))
            File.Copy(view, Path.Combine(folder.Path, "views", Path.GetFileName(view)));
        var path = Path.Combine(folder.Path, "catalog.yml");
        File.WriteAllText(path, Change(File.ReadAllText(ShippedCatalog.Path)) + Sources);
        return MaskedViews.Define(CatalogReader.Read(path), new RedactionPolicy(), DuckDbDialect.Instance);
    }

    private static string Change(string text)
    {
        const string Email = "      - {name: EMAIL, type: VARCHAR, nullable: true, pii: email";
        const string Device = "      - {name: DEVICE, type: VARCHAR, accepted: [web, app], description: With what.}";
        List<string> lines = [.. text.Split('\n')];
        Insert("      - {name: ACTIVITY_TYPE,", Device);
        lines.RemoveAt(Find("      - {name: COUNTRY,"));
        lines.RemoveAt(Find(Email));
        Insert("      - {name: ACCOUNT_TYPE,", $"{Email}, description: Further down.}}");
        return string.Join('\n', lines);

        int Find(string start) => lines.FindIndex(line => line.StartsWith(start, StringComparison.Ordinal));

        void Insert(string before, string line) => lines.Insert(Find(before), line);
    }
}
