namespace LoyaltyPipeline;

/// <summary>Kinds of schema change.</summary>
public enum SchemaAction
{
    /// <summary>A schema is created.</summary>
    CreateSchema,

    /// <summary>A table is created.</summary>
    CreateTable,

    /// <summary>A column is added to an existing table.</summary>
    AddColumn,

    /// <summary>A view is created, or replaced because it lacks a column or its text is an earlier one.</summary>
    CreateView,

    /// <summary>The row that stands for the run lock is put in place.</summary>
    SeedRow,
}
